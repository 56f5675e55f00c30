// The foot of a card: what the steps mean, a note, a row of links.
// The note saves while a person types and keeps a draft on this computer until it is saved.
// One save is on its way at a time; the server's answer comes back through `data`.

const PAUSE = 700
const PATIENCE = 6000
const ORPHANED = 15000
const feet = new WeakMap()

function tabName() {
  const kept = sessionStorage.getItem("arusha:tab") || crypto.randomUUID()
  sessionStorage.setItem("arusha:tab", kept)
  return kept
}

function drafts(prefix) {
  const found = []
  for (let i = 0; i < localStorage.length; i++) {
    const key = localStorage.key(i)
    if (key.startsWith(prefix)) {
      try { found.push({ key, ...JSON.parse(localStorage.getItem(key)) }) } catch { localStorage.removeItem(key) }
    }
  }
  return found
}

// The row above the cards is drawn with the page; between two drawings a foot tells it how far the reader is.
function showProgress({ share, said }) {
  const leg = document.querySelector("a.leg-current")
  if (!leg) return
  leg.querySelector(".leg-done").style.width = `${Math.round(share * 100)}%`
  leg.title = said
  leg.setAttribute("aria-label", `${leg.textContent}: ${said}`)
}

class Foot {
  constructor(root) {
    this.area = root.querySelector("textarea")
    this.line = root.querySelector(".line")
    this.words = root.querySelector(".said")
    this.retry = root.querySelector(".line button")
    this.root = root
    this.links = root.querySelector(".links")
    this.host = root.host || root
    this.pending = null
    this.area.oninput = () => this.typed()
    this.area.onblur = () => this.save()
    this.retry.onclick = () => this.save(true)
    this.area.onkeydown = event => {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") this.save()
    }
    this.leave = () => this.save()
    window.addEventListener("pagehide", this.leave)
  }

  update({ data, setTriggerValue }) {
    const first = this.data === undefined
    this.send = setTriggerValue
    this.data = data
    this.host.dataset.settled = data.settled ? "yes" : "no"
    this.area.placeholder = data.label
    this.area.setAttribute("aria-label", data.label)
    this.area.readOnly = data.disabled
    this.retry.textContent = data.words.retry
    this.drawLinks(setTriggerValue)
    this.drawMeanings(data.meanings, first)
    showProgress(data.progress)
    if (first) this.recover()
    else if (this.pending && data.answered === this.pending.save_id) this.answered()
    else if (!this.pending && !this.isDirty()) this.set(data.note, data.version)
  }

  drawMeanings(meanings, first) {
    if (first) this.drawSteps(meanings)
    const steps = this.root.querySelector(".steps").children
    for (let i = 0; i < steps.length; i++) steps[i].classList.toggle("is-chosen", i === meanings.chosen)
  }

  drawSteps({ summary, steps, why, ask, evidence, knows }) {
    const make = (name, text, kind) => {
      const element = document.createElement(name)
      element.textContent = text
      if (kind) element.className = kind
      return element
    }
    this.root.querySelector("summary").textContent = summary
    for (const [kind, text] of Object.entries({ why, ask, knows })) {
      this.root.querySelector(`.${kind}`).textContent = text
      this.root.querySelector(`.${kind}`).hidden = !text
    }
    this.root.querySelector(".evidence").replaceChildren(...evidence.map(piece => make("li", piece)))
    this.root.querySelector(".steps").replaceChildren(...steps.map(step => {
      const cell = make("div", "", "step")
      const bar = make("span", "", "bar")
      bar.style.background = step.colour
      cell.append(bar, make("strong", step.name), make("span", step.sentence, "sentence"))
      return cell
    }))
  }

  drawLinks(trigger) {
    const shown = [...this.links.children].map(link => link.dataset.id + link.textContent).join()
    if (shown !== this.data.links.map(link => link.id + link.label).join()) {
      this.links.replaceChildren(...this.data.links.map(link => {
        const button = document.createElement("button")
        button.type = "button"
        button.dataset.id = link.id
        button.textContent = link.label
        return button
      }))
    }
    this.data.links.forEach((link, i) => {
      const button = this.links.children[i]
      button.setAttribute("aria-expanded", link.open ? "true" : "false")
      button.onclick = () => { this.save(); trigger("open", link.id) }
    })
  }

  recover() {
    this.set(this.data.note, this.data.version)
    if (this.data.disabled) return
    const prefix = `arusha:draft:${this.data.draft}:`
    this.key = prefix + tabName()
    const left = drafts(prefix).filter(d => d.key === this.key || Date.now() - d.at > ORPHANED)
    left.sort((one, other) => other.at - one.at)
    const newest = left[0]
    if (!newest) return
    for (const draft of left) {
      if (draft.text === this.data.note) localStorage.removeItem(draft.key)
    }
    if (newest.text === this.data.note) return
    this.area.value = newest.text
    this.grow()
    this.base = newest.base
    this.from = newest.from
    if (newest.key !== this.key) localStorage.removeItem(newest.key)
    this.keep()
    this.say("kept")
    setTimeout(() => this.save(), 50)
  }

  set(text, version) {
    if (this.area.value !== text) {
      this.area.value = text
      this.grow()
    }
    this.base = version
    this.from = text
  }

  isDirty() { return this.area.value !== this.from }

  keep() {
    if (!this.key) return
    const draft = { text: this.area.value, base: this.base, from: this.from, at: Date.now() }
    try { localStorage.setItem(this.key, JSON.stringify(draft)) } catch { /* no room: the server is asked at once */ }
  }

  forget() { if (this.key) localStorage.removeItem(this.key) }

  typed() {
    this.keep()
    this.grow()
    this.say("typing")
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), PAUSE)
  }

  save(again) {
    clearTimeout(this.timer)
    if (this.data.disabled || (this.pending && !again) || !this.isDirty()) {
      if (!this.pending && !this.isDirty()) { this.forget(); this.say("") }
      return
    }
    if (!(again && this.pending && this.pending.text === this.area.value)) {
      this.pending = { text: this.area.value, base: this.base, save_id: crypto.randomUUID() }
    }
    this.say("saving")
    this.send("save", this.pending)
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => { this.say("unsaved"); this.save(true) }, PATIENCE)
  }

  answered() {
    clearTimeout(this.waiting)
    const sent = this.pending
    this.pending = null
    if (this.data.outcome === "refused") { this.say("refused"); return }
    const more = this.area.value !== sent.text
    this.base = this.data.version
    this.from = more ? sent.text : this.data.note
    if (more) { this.keep(); this.save() }
    else { this.area.value = this.data.note; this.forget(); this.say("") }
  }

  say(state) {
    this.words.textContent = state ? this.data.words[state] : ""
    this.line.className = `line ${state}`
    this.retry.hidden = !["unsaved", "refused"].includes(state)
  }

  // Browsers that do not let a field grow with its content by themselves are helped.
  grow() {
    if (CSS.supports("field-sizing", "content")) return
    this.area.style.height = "auto"
    this.area.style.height = `${Math.min(this.area.scrollHeight + 2, 420)}px`
  }

  end() {
    window.removeEventListener("pagehide", this.leave)
    clearTimeout(this.timer)
    clearTimeout(this.waiting)
  }
}

export default function (component) {
  const root = component.parentElement
  if (!feet.has(root)) feet.set(root, new Foot(root))
  const foot = feet.get(root)
  foot.update(component)
  return () => { foot.end(); feet.delete(root) }
}
