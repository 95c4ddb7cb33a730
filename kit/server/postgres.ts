/** The program cannot start; the sentence says why and what to do. */
export class StartProblem extends Error {}
