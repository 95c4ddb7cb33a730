/** The receipt on an 80 mm roll. Everything that varies comes as data; directions and words are those of the reader's language. */
export const receiptTemplate = String.raw`
#let d = json(bytes(sys.inputs.data))
#set document(title: d.number, author: d.company)
#set page(width: 80mm, height: auto, margin: (x: 4mm, y: 5mm))
#set text(font: ("Noto Sans", "Noto Sans Arabic"), size: 9pt, lang: d.lang, dir: if d.rtl { rtl } else { ltr })
#set par(leading: 0.5em, spacing: 0.7em)
#let rule = line(length: 100%, stroke: 0.5pt + luma(40%))
#let pair(a, b, ..more) = grid(columns: (1fr, auto), column-gutter: 6pt, text(..more, a), text(..more, number-type: "lining", b))
// A short word and something that may be long: that wraps, and stays beside it.
#let fact(a, b) = grid(columns: (auto, 1fr), column-gutter: 6pt, a, align(end, b))
#align(center)[
  #if d.logo != none [#image(bytes(d.logo), format: "png", width: 48mm, height: 20mm, fit: "contain") #v(1pt)]
  #text(size: 14pt, weight: "bold", d.company) \
  #d.place
  #for line in d.head [\ #line]
]
#if d.top != none [#v(1pt) #align(center, d.top)]
#v(2pt)
#if d.copy != none { align(center, text(weight: "bold", size: 11pt, d.copy)) }
#pair(d.number, d.at)
#fact(d.words.cashier, d.cashier)
#if d.customer != none { fact(d.words.customer, d.customer) }
#rule
#for l in d.lines [
  #block(spacing: 0.55em, breakable: false)[
    #l.name \
    #pair([#l.quantity × #l.price], l.gross)
    #if l.discount != none {
      pair(text(fill: luma(35%), d.words.discount), text(fill: luma(35%), l.discount))
      pair([], l.total)
    }
  ]
]
#rule
#for s in d.sums { pair(s.at(0), s.at(1)) }
#v(1pt)
#pair(d.words.total, d.total, size: 13pt, weight: "bold")
#v(1pt)
#for t in d.tenders { pair(t.at(0), t.at(1)) }
#if d.taxes.len() > 0 [
  #rule
  #text(size: 7.5pt)[
    #for t in d.taxes { grid(columns: (1fr, 1fr, 1fr), t.at(0), align(end, t.at(1)), align(end, t.at(2))) }
  ]
]
#if d.note != none [#v(3pt) #align(center, d.note)]
#v(4pt)
#align(center, text(size: 8pt, d.words.thanks))
`
