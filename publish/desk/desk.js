// The desk's page: shows what the server knows, sends one decision at a time, takes in the text as
// it is made anew. Text is only ever set as text; nothing comes from elsewhere.

const $ = id => document.getElementById(id)
const make = (tag, className = '', text = '') => {
    const element = document.createElement(tag)
    if (className) element.className = className
    if (text) element.textContent = text
    return element
}
const oneLine = text => text.replaceAll('\n', ' ⏎ ')
const KINDS = ['query', 'editor', 'misreading', 'hyphen', 'typography', 'character', 'markup', 'structure', 'page', 'other']

let state = { version: 0, queries: [], rows: [], decided: 0 }
let current = null // the query on the card
let begun = 0 // queries open when the page was opened
let busy = false
const rowsShown = new Map() // row id → [its data as text, its element]

// talking to the server ---------------------------------------------------------------------------

const post = async (what, body) => {
    const response = await fetch(what, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    })
    const answer = await response.json()
    if (!response.ok) throw new Error(answer.error)
    return answer
}

const follow = async () => {
    for (;;) {
        try {
            const response = await fetch(`state?after=${state.version}`)
            if (response.status === 200) takeIn(await response.json())
            else if (response.status !== 204) throw new Error((await response.json()).error)
        } catch (error) {
            say(error instanceof TypeError ? 'The desk has been closed; decisions made are written.' : error.message)
            await new Promise(resolve => setTimeout(resolve, 2000))
        }
    }
}

const takeIn = fresh => {
    const first = state.version === 0
    state = fresh
    if (first) begun = state.queries.length
    document.title = `${state.title} – desk`
    $('title').textContent = state.title
    $('fault').hidden = !state.fault
    $('fault').textContent = state.fault
    showRows()
    showFilters()
    showList()
    showProgress()
    const still = current && state.queries.find(query => query.key === current.key)
    if (still && current.was === undefined) take(still)
    else if (still) markCurrent()
    else if (!current || current.rule !== 'editor') take(ordered()[0] ?? null, first)
    document.body.dataset.version = state.version
}

const decide = async decision => {
    if (busy || !current) return
    busy = true
    const { key } = current
    const next = neighbour(1) ?? neighbour(-1)
    try {
        const answer = await post('decide', { key, ...decision, origin: origin(), why: $('note').value })
        say(answer.said)
        state.undo = answer.undo
        state.decided += 1
        state.queries = state.queries.filter(query => query.key !== key)
        showList()
        showProgress()
        take(next && next.key !== key ? next : null)
    } catch (error) {
        say(error.message)
    }
    busy = false
}

const undo = async () => {
    if (busy || $('undo').disabled) return
    busy = true
    try {
        const answer = await post('undo', {})
        say(answer.said)
        state.undo = answer.undo
        state.decided = Math.max(0, state.decided - 1)
        current = { key: answer.key }
        showProgress()
    } catch (error) {
        say(error.message)
    }
    busy = false
}

const takeUp = async wanted => {
    try {
        take(await post('ask', wanted), true)
        $('own').open = false
        const field = $('other')
        field.value = current.was
        field.focus()
        field.select()
    } catch (error) {
        say(error.message)
    }
}

// the query on the card ---------------------------------------------------------------------------

const origin = () => document.querySelector('[name=origin]:checked').value
const ordered = () => $('order').value === 'weight'
    ? state.queries : [...state.queries].sort((a, b) => compare(a.key, b.key))
const compare = (a, b) => {
    const [x, y] = [a, b].map(key => key.split(/[.-]/).map(Number))
    return x[0] - y[0] || x[1] - y[1]
}
const neighbour = by => {
    const all = ordered()
    const at = all.findIndex(query => query.key === current?.key)
    return at < 0 ? all[0] : all[at + by]
}
const say = words => { $('status').textContent = words }

const take = (query, quiet = false) => {
    current = query
    $('card-body').hidden = !query
    $('scan').hidden = !query?.scan
    $('undo').disabled = !state.undo
    $('undo').title = state.undo ? `Takes back: ${state.undo}` : ''
    if (!query) {
        $('card-title').textContent = state.version ? 'No query is open' : 'Reading the text …'
        markCurrent()
        return
    }
    $('card-title').replaceChildren(`Line ${query.line}`, make('span', `confidence ${query.confidence}`, query.confidence))
    $('why').textContent = query.why
    $('source').replaceChildren(...query.source.flatMap(([number, text]) => [make('dt', '', number), make('dd', '', text)]))
    $('context').replaceChildren(query.before, make('mark', '', query.reading), query.after)
    $('readings').replaceChildren(...query.readings.map((reading, at) => {
        const button = make('button')
        button.type = 'button'
        button.append(make('kbd', '', at < 9 ? at + 1 : ''), make('span', 'reading', oneLine(reading) || 'nothing'))
        if (reading === query.was) button.append(make('small', '', 'as it stands'))
        button.addEventListener('click', () => decide({ kind: 'emend', now: reading }))
        const item = make('li')
        item.append(button)
        return item
    }))
    $('other').value = ''
    $('note').value = ''
    document.querySelector(`[name=origin][value=${query.origin}]`).checked = true
    $('word').disabled = !query.word
    if (query.scan && $('scan-name').textContent !== query.scan) {
        $('scan-image').src = `scans/${encodeURIComponent(query.scan)}`
        $('scan-image').alt = `The printed page about line ${query.line}`
        $('scan-name').textContent = query.scan
    }
    markCurrent()
    if (!quiet) $('card').focus({ preventScroll: true })
    const mark = document.querySelector(`#rows [data-key="${CSS.escape(query.key)}"]`) ?? lineOf(query.line)
    mark?.scrollIntoView({ block: 'center' })
}

const lineOf = number => document.querySelector(`#rows [data-line="${number}"]`)

const markCurrent = () => {
    for (const element of document.querySelectorAll('[aria-current]')) element.removeAttribute('aria-current')
    for (const button of $('queries').querySelectorAll('button')) button.tabIndex = -1
    const item = current && $('queries').querySelector(`[data-key="${CSS.escape(current.key)}"]`)
    const chosen = item ?? $('queries').querySelector('button')
    if (chosen) chosen.tabIndex = 0
    if (!item) return
    item.setAttribute('aria-current', 'true')
    item.scrollIntoView({ block: 'nearest' })
    for (const mark of document.querySelectorAll(`#rows [data-key="${CSS.escape(current.key)}"]`)) {
        mark.setAttribute('aria-current', 'true')
    }
}

const showList = () => {
    $('queries').replaceChildren(...ordered().map(query => {
        const button = make('button')
        button.type = 'button'
        button.dataset.key = query.key
        const better = query.readings.find(reading => reading !== query.was)
        button.append(make('span', 'line', query.line), make('span', 'was', oneLine(query.was)))
        if (better !== undefined) button.append(make('span', 'now', `→ ${oneLine(better) || 'nothing'}`))
        button.append(make('span', `confidence ${query.confidence}`, query.confidence))
        button.addEventListener('click', () => take(query))
        const item = make('li')
        item.append(button)
        return item
    }))
    markCurrent()
}

const showProgress = () => {
    const open = state.queries.length
    begun = Math.max(begun, open)
    $('progress').max = Math.max(begun, 1)
    $('progress').value = begun ? begun - open : 1
    $('count').textContent = `${open} open, ${state.decided} decided`
    $('undo').disabled = !state.undo
}

// the text beside its source ------------------------------------------------------------------------

const showRows = () => {
    const parts = []
    const seen = new Set()
    for (const row of state.rows) {
        const data = JSON.stringify(row)
        const known = rowsShown.get(row.id)
        const element = known?.[0] === data ? known[1] : rowElement(row)
        rowsShown.set(row.id, [data, element])
        seen.add(row.id)
        parts.push(element)
    }
    for (const id of rowsShown.keys()) if (!seen.has(id)) rowsShown.delete(id)
    const at = $('text').scrollTop
    const same = parts.length === $('rows').children.length && parts.every((part, i) => part === $('rows').children[i])
    if (!same) $('rows').replaceChildren(...parts)
    $('text').scrollTop = at
}

const rowElement = row => {
    const element = make('div', `row ${row.kind}`)
    const source = make('div', 'source')
    for (const [number, text, lost] of row.lines) {
        const line = make('div', 'line')
        line.dataset.line = number
        const words = make('span', 'words')
        let at = 0
        for (const [start, end] of lost) {
            words.append(text.slice(at, start), make('del', '', text.slice(start, end)))
            at = end
        }
        words.append(text.slice(at))
        line.append(make('span', 'number', number), words)
        source.append(line)
    }
    const reading = make('div', 'reading')
    if (row.kind === 'out') reading.append(make('p', 'left-out', 'left out'))
    const body = make(row.kind === 'heading' ? 'strong' : 'p', 'body')
    for (const [text, kind, key] of row.text) {
        if (!kind) { body.append(text); continue }
        const mark = make('mark', kind, text)
        if (key) mark.dataset.key = key
        body.append(mark)
    }
    if (row.text.length) reading.append(body)
    if (row.changes.length) reading.append(recordElement(row))
    element.append(source, reading)
    return element
}

const recordElement = row => {
    const details = make('details')
    const many = row.changes.length
    details.append(make('summary', '', `${many} ${many === 1 ? 'change' : 'changes'}`))
    details.addEventListener('toggle', () => {
        if (details.children.length > 1) return
        const list = make('ul')
        for (const change of row.changes) {
            const item = make('li')
            item.append(make('span', `dot ${change.kind}`), `${change.line}: `, make('q', '', oneLine(change.before)))
            if (change.after !== change.before) item.append(' → ', make('q', '', oneLine(change.after)))
            item.append(` ${change.why} `, make('small', '', `${change.rule}, ${change.confidence}, ${change.status}`))
            list.append(item)
        }
        details.append(list)
    }, { once: true })
    return details
}

const showFilters = () => {
    const counts = new Map()
    for (const row of state.rows) {
        for (const [, kind] of row.text) if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1)
        if (row.kind === 'out') counts.set('page', (counts.get('page') ?? 0) + 1)
    }
    for (const kind of KINDS) {
        const id = `filter-${kind}`
        if (!counts.has(kind)) { $(id)?.closest('label').remove(); continue }
        if (!$(id)) {
            const label = make('label', `filter ${kind}`)
            const box = make('input')
            box.type = 'checkbox'
            box.id = id
            box.checked = !['typography', 'hyphen', 'character', 'structure'].includes(kind)
            const filter = () => document.body.classList.toggle(`hide-${kind}`, !box.checked)
            box.addEventListener('change', filter)
            filter()
            label.append(box, ` ${kind} `, make('span', 'many'))
            $('filters').append(label)
        }
        $(id).closest('label').querySelector('.many').textContent = counts.get(kind)
    }
}

const find = (from = 0) => {
    const wanted = $('find').value.toLowerCase()
    if (!wanted) return
    const all = [...$('rows').children]
    const at = [...all.keys()].map(i => (i + from) % all.length)
        .find(i => all[i].textContent.toLowerCase().includes(wanted))
    for (const row of all) row.classList.remove('found')
    if (at === undefined) { say(`“${$('find').value}” is not in the text.`); return }
    all[at].classList.add('found')
    all[at].scrollIntoView({ block: 'center' })
    found = at
}
let found = -1

// selections in the source ----------------------------------------------------------------------------

const selectedPlace = () => {
    const selection = getSelection()
    if (!selection.rangeCount || selection.isCollapsed) return null
    const range = selection.getRangeAt(0)
    const end = (node, offset) => {
        const words = (node.nodeType === 3 ? node.parentElement : node).closest?.('.words')
        if (!words) return null
        const before = document.createRange()
        before.setStart(words, 0)
        before.setEnd(node, offset)
        return [Number(words.parentElement.dataset.line), before.toString().length]
    }
    const [start, stop] = [end(range.startContainer, range.startOffset), end(range.endContainer, range.endOffset)]
    return start && stop ? [...start, ...stop] : null
}

// keys -------------------------------------------------------------------------------------------------

const own = () => {
    const place = selectedPlace()
    if (place) { takeUp({ place }); return }
    $('own').open = true
    $('own-line').value ||= current?.line ?? 1
    $('own-line').focus()
}
const turnFault = () => {
    const radios = [...document.querySelectorAll('[name=origin]')]
    const at = radios.findIndex(radio => radio.checked)
    radios[(at + 1) % radios.length].checked = true
    say(`Fault: ${origin()}`)
}
const actions = {
    s: () => decide({ kind: 'stet' }),
    d: () => decide({ kind: 'doubt' }),
    w: () => current?.word && decide({ kind: 'word' }),
    l: () => take(neighbour(1) ?? ordered()[0] ?? null),
    j: () => take(neighbour(1) ?? current),
    k: () => take(neighbour(-1) ?? current),
    u: undo,
    f: turnFault,
    n: () => $('note').focus(),
    o: () => { $('other').focus(); if (!$('other').value) $('other').value = current?.was ?? ''; $('other').select() },
    e: own,
    '/': () => $('find').focus(),
    '?': () => $('help').showModal(),
}

addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || $('help').open) return
    const field = event.target.closest('textarea, select, input:not([type=radio], [type=checkbox])')
    if (event.key === 'Escape' && field) { $('card').focus(); return }
    if (event.key === 'Enter' && event.target.id === 'other' && !event.shiftKey) {
        event.preventDefault()
        $('other-form').requestSubmit()
        return
    }
    if (event.key === 'Enter' && event.target.id === 'note') { event.preventDefault(); $('card').focus(); return }
    if (event.key === 'Enter' && event.target.id === 'find') { event.preventDefault(); find(found + 1); return }
    const inList = event.target.closest('#queries')
    if (inList && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
        event.preventDefault()
        const query = neighbour(event.key === 'ArrowDown' ? 1 : -1)
        if (query) { take(query, true); $('queries').querySelector('[aria-current]')?.focus() }
        return
    }
    if (field || !$('keys').checked) return
    if (event.key === 'Enter' && event.target.closest('button, summary, a, input')) return
    const number = event.key === 'Enter' ? 1 : /^[1-9]$/.test(event.key) ? Number(event.key) : 0
    if (number && current?.readings?.[number - 1] !== undefined) {
        event.preventDefault()
        decide({ kind: 'emend', now: current.readings[number - 1] })
    } else if (actions[event.key]) {
        event.preventDefault()
        actions[event.key]()
    }
})

for (const [id, key] of [['stet', 's'], ['doubt', 'd'], ['word', 'w'], ['later', 'l'], ['undo', 'u'], ['help-button', '?']]) {
    $(id).addEventListener('click', () => actions[key]())
}
$('order').addEventListener('change', showList)
$('other-form').addEventListener('submit', event => {
    event.preventDefault()
    if ($('other').value.trim()) decide({ kind: 'emend', now: $('other').value.trim() })
    else say('Type what it should read.')
})
$('own-form').addEventListener('submit', event => {
    event.preventDefault()
    takeUp({ line: Number($('own-line').value), was: $('own-was').value })
})
$('find').addEventListener('input', () => { found = -1; find() })
$('rows').addEventListener('click', event => {
    const key = event.target.closest('[data-key]')?.dataset.key
    const query = state.queries.find(query => query.key === key)
    if (query) take(query)
})

follow()
