/**
 * What a program built on the kit calls its own things: its files add to it (`declare module '#kit/program.ts'`), and the
 * kit's types know the names without the kit saying them.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- it is filled from outside
export interface Program {}

type Name<Kind extends string> = Program extends Record<Kind, infer Names extends string> ? Names : string

/** A part of the business with a menu and a home of its own. */
export type Area = Name<'area'>
/** A heading of the page of settings. */
export type SettingsGroup = Name<'settings'>
/** A role that comes with the program. */
export type ShippedRole = Name<'role'>
