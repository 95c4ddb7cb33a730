import type { Paper } from './paper.ts'

export interface RawPaper extends Omit<Paper, 'logo'> {
  /** The bytes of a PNG. */
  readonly logo: readonly number[] | null
  readonly barcode: string | null
}

const fonts = String.raw`#let d = json(bytes(sys.inputs.data))
#set text(font: ("Noto Sans", "Noto Sans Arabic"), lang: d.lang, dir: if d.rtl { rtl } else { ltr })
// What readers of PDF, and of screens, call it in place of its address.
#set document(title: d.title + " " + d.number, author: d.company)
`

export const paperTemplate = String.raw`${fonts}
#set page(paper: "a4", margin: (x: 18mm, top: 16mm, bottom: 20mm), footer: context [
  #set text(size: 8pt, fill: luma(45%))
  #grid(columns: (1fr, auto), [#d.company · #d.number], [#counter(page).display() / #counter(page).final().first()])
])
#set text(size: 9.5pt)
#set par(leading: 0.55em)
#let logo(png) = context {
  let high = image(png, format: "png", height: 20mm)
  if measure(high).width > 60mm { image(png, format: "png", width: 60mm) } else { high }
}
#let muted(body) = text(fill: luma(40%), size: 8.5pt, body)
#grid(columns: (1fr, auto), column-gutter: 12mm,
  [
    #if d.logo != none [#logo(bytes(d.logo)) #v(1mm)]
    #text(size: 15pt, weight: "bold", d.company) \
    #d.place
    #for line in d.head [\ #muted(line)]
  ],
  align(end)[
    #text(size: 15pt, weight: "semibold", d.title) \
    #if d.copy != none [#text(size: 12pt, weight: "bold", d.copy) \ ]
    #text(size: 11pt, d.number)
    #if d.barcode != none [#v(1mm) #image(bytes(d.barcode), format: "svg", height: 11mm)]
  ],
)
#v(4mm)
#line(length: 100%, stroke: 0.8pt)
#v(3mm)
#grid(columns: (1fr, 1fr), column-gutter: 10mm, row-gutter: 2.2mm,
  ..d.facts.map(f => grid(columns: (32mm, 1fr), muted(f.at(0)), f.at(1)))
)
#v(4mm)
#let ends = d.columns.map(c => c.at("end", default: false))
#table(
  columns: ends.map(e => if e { auto } else { 1fr }),
  align: (column, row) => if ends.at(column) { end } else { start },
  stroke: (x, y) => (bottom: if y == 0 { 0.8pt } else { 0.4pt + luma(80%) }),
  inset: (x: 2.2mm, y: 1.7mm),
  table.header(..d.columns.map(c => muted(text(weight: "semibold", c.title)))),
  ..d.rows.flatten(),
)
#if d.sums.len() > 0 {
  v(3mm)
  align(end, block(width: 82mm, breakable: false, grid(columns: (1fr, auto), row-gutter: 2.2mm, column-gutter: 6mm,
    ..d.sums.enumerate().map(((index, s)) => {
      let last = index == d.sums.len() - 1
      let style(body) = if last { text(size: 12pt, weight: "bold", body) } else { body }
      (style(s.at(0)), align(end, style(s.at(1))))
    }).flatten()
  )))
}
#if d.note != none [#v(6mm) #block(d.note)]
#if d.signatures.len() > 0 {
  v(18mm)
  grid(columns: d.signatures.map(_ => 1fr), column-gutter: 12mm,
    ..d.signatures.map(s => [#line(length: 100%, stroke: 0.5pt) #v(-2mm) #muted(s)])
  )
}
`

export const rollTemplate = String.raw`${fonts}
#set page(width: 80mm, height: auto, margin: (x: 4mm, y: 5mm))
#set text(size: 9pt)
#set par(leading: 0.5em, spacing: 0.7em)
#let pair(a, b) = grid(columns: (1fr, auto), column-gutter: 6pt, a, b)
#align(center)[
  #text(size: 13pt, weight: "bold", d.company) \
  #d.place
  #for line in d.head [\ #line]
  #v(2pt)
  #text(size: 11pt, weight: "bold", d.title) \
  #if d.copy != none [#text(size: 11pt, weight: "bold", d.copy) \ ]
  #d.number
]
#for f in d.facts { pair(f.at(0), f.at(1)) }
#for s in d.sections [
  #line(length: 100%, stroke: 0.5pt + luma(40%))
  #text(weight: "bold", s.title)
  #for p in s.pairs { pair(p.at(0), p.at(1)) }
]
#if d.note != none [#v(3pt) #d.note]
`
