/**
 * Labels on sheets or a roll. All of it is black, because label printers know nothing else. Lines are 1.2 of their letters high in every
 * script, so that two lines are as high in Arabic as in English.
 */
export const labelTemplate = String.raw`
#let d = json(bytes(sys.inputs.data))
#let p = d.paper
#let (wide, high) = (p.width * 1mm, p.height * 1mm)
#let is-roll = p.columns * p.rows == 1
#let per-sheet = p.columns * p.rows
#set document(title: d.title, author: d.company)
#set text(font: ("Noto Sans", "Noto Sans Arabic"), lang: d.lang, dir: if d.rtl { rtl } else { ltr }, hyphenate: false, top-edge: 0.92em, bottom-edge: -0.28em)
#set par(leading: 0pt, spacing: 0pt)
// A label printer has eight dots a millimetre: what begins and ends with a dot is as wide as it should be.
#let dot = 0.125mm
#let whole(length) = calc.floor(length / dot) * dot
#let pad = whole(calc.min(2.4mm, high * 0.07))
#let room = (w: wide - pad * 2, h: high - pad * 2)

// Measuring takes most of the time, and what is far from the edge needs none.
#let is-short(body, size, width) = body.codepoints().len() * size * 0.8 < width

// What does not fit on two lines ends after a whole word, with dots; a word wider than the label is cut between letters that
// don't join into one.
#let named(name, size, lines: 2) = {
  // Its own letters say which way it is read, whatever language the label has.
  let letter = name.match(regex("\\p{L}"))
  let way = if letter != none and letter.text.match(regex("[\\u{590}-\\u{8ff}]")) != none { rtl } else { ltr }
  let wide-of(body) = measure(text(size: size, weight: "semibold", body)).width
  let fits(body) = measure(block(width: room.w, text(size: size, weight: "semibold", body))).height <= size * 1.2 * lines + 0.1pt
  let words = name.split(" ").filter(w => w != "").map(w => {
    if is-short(w, size, room.w) { return w }
    let signs = w.clusters()
    while signs.len() > 1 and wide-of(signs.join()) > room.w { signs = signs.slice(0, signs.len() - 1) }
    if signs.len() < w.clusters().len() { signs.slice(0, calc.max(1, signs.len() - 1)).join() + "…" } else { w }
  })
  let (low, top) = (1, words.len())
  if words.len() == 0 { return [] }
  if is-short(name, size, room.w) or fits(words.join(" ")) { low = top }
  while low < top {
    let middle = calc.quo(low + top + 1, 2)
    if fits(words.slice(0, middle).join(" ") + "…") { low = middle } else { top = middle - 1 }
  }
  let shown = words.slice(0, low).join(" ") + if low < words.len() { "…" } else { "" }
  block(width: room.w, height: size * 1.2 * lines, clip: true, align(if d.rtl { right } else { left }, text(size: size, weight: "semibold", dir: way, shown)))
}
// As large as it may be, and no wider than there is room for.
#let fitted(body, size, width, ..style) = {
  if is-short(body, size, width) { return text(size: size, ..style, body) }
  let is = measure(text(size: size, ..style, body)).width
  text(size: if is > width { size * (width / is) } else { size }, ..style, body)
}
#let ltr-text(body, ..style) = text(dir: ltr, ..style, body)
#let old(l, size) = if l.old != none { strike(stroke: size * 0.07, text(size: size, l.old)) }
// A scanner reads bars from a quarter of a millimetre on, with some of them empty on either side.
#let bars(l, width, height, digits) = {
  let most = calc.min(0.5mm, width / (l.modules + 14))
  let line = if most < 2 * dot { most } else { whole(most) }
  let long = line * l.modules
  let strokes = ()
  let x = 0
  for (index, run) in l.bars.enumerate() {
    if calc.even(index) {
      let (from, to) = (x * line, (x + run) * line)
      strokes += (curve.move((from, 0pt)), curve.line((to, 0pt)), curve.line((to, height)), curve.line((from, height)), curve.close())
    }
    x += run
  }
  stack(dir: ttb, spacing: 0.4mm,
    box(width: long, height: height, curve(fill: black, ..strokes)),
    box(width: long, align(center, fitted(l.code, digits, long, dir: ltr))),
  )
}
#let centred(body) = align(left + horizon, move(dx: whole((room.w - measure(body).width) / 2), body))
#let shelf(l) = {
  let small = calc.min(room.h * 0.085, 3.4mm)
  let least = if l.old == none { 0pt } else { measure(old(l, room.h * 0.11)).width + 2mm }
  grid(rows: (auto, 1fr, auto), row-gutter: 0pt,
    named(l.name, calc.min(room.h * 0.12, 5.6mm)),
    align(end + horizon, grid(columns: (1fr, auto), align: (start + horizon, end + horizon),
      old(l, room.h * 0.11),
      fitted(l.price, room.h * 0.3, room.w - least, weight: "bold"),
    )),
    grid(columns: (1fr, auto), align: (start + bottom, end + bottom), column-gutter: 1mm,
      if l.bars != none { bars(l, room.w * if room.w < 45mm { 0.78 } else { 0.62 }, room.h * 0.17, small) } else { ltr-text(l.sku, size: small) },
      stack(dir: ttb, spacing: 0pt,
        ..if l.per != "" { (align(end, fitted(l.per, small * 1.25, room.w * if room.w < 45mm { 0.24 } else { 0.38 }, weight: "semibold")),) },
        ..if l.bars != none and l.code != l.sku { (align(end, fitted(l.sku, small, room.w * if room.w < 45mm { 0.24 } else { 0.38 }, dir: ltr)),) },
      ),
    ),
  )
}
#let article(l) = {
  let small = calc.min(room.h * 0.1, 3.6mm)
  grid(rows: (auto, 1fr, auto), row-gutter: 0pt,
    named(l.name, calc.min(room.h * 0.11, 4.6mm)),
    align(center + horizon, if l.bars != none { centred(bars(l, room.w, room.h * 0.33, small)) } else { ltr-text(l.sku, size: small * 1.4) }),
    grid(columns: (1fr, auto), align: (start + bottom, end + bottom), column-gutter: 1.5mm,
      stack(dir: ttb, spacing: 0pt,
        ..if l.old != none { (align(start, old(l, small)),) },
        ..if l.bars != none and l.code != l.sku { (align(start, fitted(l.sku, small, room.w * 0.45, dir: ltr)),) },
      ),
      box[#fitted(l.price, room.h * 0.17, room.w * 0.55, weight: "bold")#if l.per != "" [ #fitted(l.per, small, room.w * 0.3)]],
    ),
  )
}
#let made(l) = block(width: wide, height: high, inset: pad, clip: true,
  stroke: if d.at("isPreview", default: false) { 0.3pt + luma(75%) } else { none },
  if d.kind == "shelf" { shelf(l) } else { article(l) })

#set page(
  ..if is-roll { (width: wide, height: high) } else { (paper: "a4") },
  margin: 0pt, fill: if d.at("isPreview", default: false) { white } else { none },
)
#context {
  // Each is set once, however many there are of it.
  let all = d.labels.map(l => (made(l),) * l.count).flatten()
  let skipped = if is-roll { 0 } else { d.first - 1 }
  let sheets = calc.ceil((all.len() + skipped) / per-sheet)
  for sheet in range(sheets) {
    if sheet > 0 { pagebreak() }
    for slot in range(per-sheet) {
      let at = sheet * per-sheet + slot - skipped
      if at < 0 or at >= all.len() { continue }
      let (row, column) = (calc.quo(slot, p.columns), calc.rem(slot, p.columns))
      place(top + left, dx: (p.left + column * p.pitch) * 1mm, dy: p.top * 1mm + row * high, all.at(at))
    }
  }
}
`
