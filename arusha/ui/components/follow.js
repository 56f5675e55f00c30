// Links to pages of this program are followed inside the page, without loading everything again.
// With a modifier key, in another tab, or while the server is away, they are ordinary links.

let follow = null

function clicked(event) {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
  const link = event.composedPath().find(node => node.matches && node.matches("a.go[href^='/']"))
  if (!link || !follow) return
  event.preventDefault()
  const to = new URL(link.href)
  follow("link", { page: to.pathname.slice(1), query: Object.fromEntries(to.searchParams) })
}

export default function (component) {
  follow = component.setTriggerValue
  document.documentElement.lang = component.data.language
  document.addEventListener("click", clicked)
  return () => { document.removeEventListener("click", clicked); follow = null }
}
