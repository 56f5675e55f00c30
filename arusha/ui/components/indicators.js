// A table of indicators, each with a small chart. Hundreds of rows as markup would take the page long to read.
// Every text is set as text: nothing that a person typed is ever read as markup.

const SVG = "http://www.w3.org/2000/svg"
const shown = new WeakMap()

function made(name, attributes = {}, ...inside) {
  const found = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value) found.setAttribute(key, value)
  found.append(...inside)
  return found
}

function drawn(name, attributes, said = "") {
  const found = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value)
  found.textContent = said
  return found
}

function chart({ lines, size, first, last }, alt) {
  const [wide, high, beside] = size
  const picture = drawn("svg", { viewBox: `0 0 ${wide} ${high}`, class: "path", role: "img", "aria-label": alt })
  for (const [kind, d] of lines) picture.append(drawn("path", { class: `path-${kind}`, d }))
  picture.append(drawn("text", { x: beside, y: high - 2 }, first))
  picture.append(drawn("text", { x: wide - beside, y: high - 2, "text-anchor": "end" }, last))
  return picture
}

function figure([said, when], head, isNewest) {
  const value = isNewest ? made("b", {}, said) : said
  return made("td", { class: "figure", "data-head": head }, value, ...(when ? [made("small", {}, when)] : []))
}

function row(one, heads) {
  const name = made("a", { class: "name go", href: one.link, target: "_self" }, one.name)
  const figures = one.figures.map((pair, n) => figure(pair, heads[n + 1], n === one.figures.length - 1))
  const word = made("b", { class: `standing-${one.kind}` }, one.word)
  return made(
    "tr", {},
    made("td", {}, name, made("small", {}, one.about)),
    ...figures,
    made("td", {}, chart(one.drawn, one.alt)),
    made("td", {}, word, made("small", {}, one.said)),
  )
}

function table({ heads, rows }) {
  const last = heads.length - 3
  const widths = heads.map((_, n) => made("col", { class: n && n <= last ? "col-figure" : ["", "col-path", "col-reading"][n - last] }))
  const titles = heads.map((said, n) => made("th", { scope: "col", class: n && n <= last ? "figure" : "" }, said))
  return made(
    "table", { class: "indicators" },
    made("colgroup", {}, ...widths),
    made("thead", {}, made("tr", {}, ...titles)),
    made("tbody", {}, ...rows.map(one => row(one, heads))),
  )
}

export default function ({ data, parentElement }) {
  const now = JSON.stringify(data)
  if (shown.get(parentElement) === now) return
  shown.set(parentElement, now)
  parentElement.replaceChildren(table(data))
}
