import { perSheet, type LabelPaper } from './labels.ts'

/** How many sheets so many labels fill, where the first sheet begins at a label in its middle. */
export const sheetsOf = (labels: number, paper: LabelPaper, first: number): number =>
  Math.ceil((labels + first - 1) / perSheet(paper))
