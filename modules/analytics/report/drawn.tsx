import { Tooltip } from '@mantine/core'
import classes from './report.module.css'

const [WIDTH, HEIGHT] = [1000, 180]

interface Point {
  readonly key: string
  readonly name: string
  /** Of points on the screen, so no money is lost in it. */
  readonly value: number
}

/** How far down a value stands between the highest and the lowest of them; zero is always in sight. */
function scaleOf(values: readonly number[]): (value: number) => number {
  const [top, bottom] = [Math.max(1, ...values), Math.min(0, ...values)]
  return (value) => HEIGHT - ((value - bottom) / (top - bottom)) * HEIGHT
}

/** A trend; the days that it is held against stand behind it, pale. */
export function Line({ points, compares }: { points: readonly (Point & { before: number })[]; compares: boolean }) {
  const y = scaleOf(points.flatMap(({ value, before }) => (compares ? [value, before] : [value])))
  // One day is a line across.
  const x = (index: number) => (points.length < 2 ? index * WIDTH : (index / (points.length - 1)) * WIDTH)
  const pathOf = (values: readonly number[]) =>
    (values.length === 1 ? [values[0]!, values[0]!] : values)
      .map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`)
      .join(' ')
  return (
    <div className={classes.drawn} aria-hidden>
      <svg className={classes.line} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
        <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} className={classes.zero} />
        {compares && <polyline points={pathOf(points.map(({ before }) => before))} className={classes.pale} />}
        <polyline points={pathOf(points.map(({ value }) => value))} className={classes.drawnLine} />
      </svg>
      <div className={classes.ends}>
        <span>{points[0]?.name}</span>
        {points.length > 1 && <span>{points.at(-1)?.name}</span>}
      </div>
    </div>
  )
}

/** Few things in their order, side by side. */
export function Bars({ points }: { points: readonly (Point & { told: string })[] }) {
  const y = scaleOf(points.map(({ value }) => value))
  return (
    <div className={classes.bars} aria-hidden>
      {points.map(({ key, name, value, told }) => (
        <Tooltip key={key} label={`${name} · ${told}`} openDelay={80}>
          <span className={classes.slot}>
            <svg className={classes.column} viewBox={`0 0 10 ${HEIGHT}`} preserveAspectRatio="none">
              <rect x={1} width={8} y={Math.min(y(value), y(0))} height={Math.abs(y(0) - y(value))} />
            </svg>
            <span>{name}</span>
          </span>
        </Tooltip>
      ))}
    </div>
  )
}
