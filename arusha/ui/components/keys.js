// Keys of a page of cards: a digit chooses a step in the card at hand, N goes to the next open card.

const WRITING = new Set(["TEXTAREA", "INPUT", "SELECT"])

function focused() {
  let element = document.activeElement
  while (element && element.shadowRoot && element.shadowRoot.activeElement) element = element.shadowRoot.activeElement
  return element
}

function cardOf(element) {
  const host = element && element.getRootNode().host
  return element && (element.closest('[class*="st-key-card_"]') || (host && cardOf(host)))
}

function choices(card) { return [...card.querySelectorAll('[role="radiogroup"] [role="radio"]')] }

function isOpen(card) { return card.querySelector('[data-settled="no"]') !== null }

function goToNextOpen() {
  const cards = [...document.querySelectorAll('[class*="st-key-card_"]')].filter(card => choices(card).length)
  const here = cards.indexOf(cardOf(focused()))
  const order = [...cards.slice(here + 1), ...cards.slice(0, here + 1)]
  const next = order.find(isOpen)
  if (!next) return false
  const radios = choices(next)
  const target = radios.find(radio => radio.tabIndex === 0) || radios[0]
  target.focus({ preventScroll: true })
  next.scrollIntoView({ block: "start", behavior: "auto" })
  return true
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.isComposing) return
  const element = focused()
  const writing = element && WRITING.has(element.tagName)
  if (event.code === "KeyN" && (event.altKey || !writing) && !event.shiftKey) {
    if (goToNextOpen()) event.preventDefault()
    return
  }
  if (writing || event.altKey || !/^[1-9]$/.test(event.key)) return
  const card = cardOf(element)
  const choice = card && choices(card)[Number(event.key) - 1]
  if (choice && choice.getAttribute("aria-checked") !== "true" && !choice.disabled) { choice.focus(); choice.click() }
}

export default function () {
  document.addEventListener("keydown", pressed)
  document.documentElement.dataset.keys = "ready"
  return () => document.removeEventListener("keydown", pressed)
}
