// Opens a book in two real reading systems in headless Chromium, uses it as a reader would, and
// prints what came of it as JSON. Usage: node readers.mjs BOOK.epub FOLDER_FOR_PICTURES
//
// Nothing is judged here: the tests read the report and say what must hold.

import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import JSZip from 'jszip'
import puppeteer from 'puppeteer-core'

const [bookPath, pictures] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
const types = {
    '.html': 'text/html', '.js': 'text/javascript', '.epub': 'application/epub+zip',
    '.xhtml': 'application/xhtml+xml', '.css': 'text/css', '.png': 'image/png', '.jpg': 'image/jpeg',
}
const files = {}
for (const [name, entry] of Object.entries((await JSZip.loadAsync(readFileSync(bookPath))).files))
    files[`/unpacked/${name}`] = await entry.async('nodebuffer')

const shell = body => `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>reader</title>
<style>html,body{margin:0;height:100%}foliate-view,#area{display:block;width:100%;height:100%}</style>${body}`
const shells = {
    '/foliate.html': shell(`<foliate-view></foliate-view><script type="module">
import '/node_modules/foliate-js/view.js'
import { FootnoteHandler } from '/node_modules/foliate-js/footnotes.js'
window.view = document.querySelector('foliate-view')
window.notes = new FootnoteHandler()
await customElements.whenDefined('foliate-view')
window.ready = true</script>`),
    '/epubjs.html': shell(`<div id="area"></div>
<script src="/node_modules/jszip/dist/jszip.min.js"></script>
<script src="/node_modules/epubjs/dist/epub.js"></script><script>window.ready = true</script>`),
}

const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return void response.writeHead(204).end()
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
    try {
        const data = shells[path] ?? files[path] ?? readFileSync(path === '/book.epub' ? bookPath : join(here, path))
        response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
        response.end(data)
    } catch {
        response.writeHead(404).end()
    }
}).listen(0, '127.0.0.1')
await new Promise(resolve => server.once('listening', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

const profile = mkdtempSync(join(tmpdir(), 'readers-'))
mkdirSync(pictures, { recursive: true })
const browser = await puppeteer.launch({
    executablePath: chromium,
    userDataDir: profile,
    args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
        '--disable-background-networking', '--disable-component-update', '--hide-scrollbars',
    ],
})

const open = async (name, size) => {
    const page = await browser.newPage()
    const problems = []
    page.on('pageerror', error => problems.push(String(error)))
    page.on('console', message => {
        if (message.type() === 'error') problems.push(message.text())
    })
    await page.setViewport(size)
    await page.goto(`${origin}/${name}.html`)
    await page.waitForFunction('window.ready')
    return { page, problems }
}

// foliate-js ------------------------------------------------------------------------------------

const inFoliate = async () => {
    const { page, problems } = await open('foliate', { width: 800, height: 1000 })
    const report = await page.evaluate(async () => {
        await view.open('/book.epub')
        await view.init({})
        const book = view.book
        const clean = text => text.replace(/\s+/g, ' ').trim()
        const flat = items => (items ?? []).flatMap(item => [item, ...flat(item.subitems)])
        const settled = () => new Promise(resolve => setTimeout(resolve, 60))
        // Goes where a link leads; says what stands there and whether it is on the page shown.
        const visit = async href => {
            const resolved = await view.goTo(href)
            await settled()
            const { doc, index } = view.renderer.getContents()[0]
            const target = resolved?.anchor?.(doc)
            const element = target?.nodeType === 1 ? target : doc.body
            const shown = view.lastLocation?.range?.intersectsNode(element) ?? false
            return { index, element, shown, doc }
        }
        const heads = 'hgroup,h1,h2,h3,h4,h5,h6'
        const heading = element => clean((element.closest(heads)
            ?? element.querySelector(heads) ?? element).textContent)
        const contents = []
        for (const item of flat(book.toc)) {
            const { element, shown } = await visit(item.href)
            contents.push({ label: clean(item.label), heading: heading(element), shown })
        }
        const pages = []
        for (const item of flat(book.pageList)) {
            const { element, shown } = await visit(item.href)
            pages.push({ label: clean(item.label), shown,
                found: element.getAttribute('title') ?? clean(element.textContent) })
        }
        // Every reference in the book, of both kinds: to its target, and back again.
        const references = { noteref: [], glossref: [] }
        for (const [index, section] of book.sections.entries()) {
            const doc = await section.createDocument()
            for (const kind of Object.keys(references))
                for (const a of doc.querySelectorAll(`a[role~="doc-${kind}"]`))
                    references[kind].push({ index, id: a.id, label: clean(a.textContent),
                        href: section.resolveHref(a.getAttribute('href')) })
        }
        const follow = async ({ index, id, label, href }) => {
            const there = await visit(href)
            const entry = there.element.closest('li, aside, section')
                ?? there.element.parentElement
            const text = clean((there.element.tagName === 'DT' || there.element.closest('dt')
                ? there.element.closest('dt').nextElementSibling ?? there.element
                : there.element).textContent)
            const scope = there.element.closest('dt')?.nextElementSibling ?? entry
            const back = [...scope.querySelectorAll('a[href]')].map(a =>
                book.sections[there.index].resolveHref(a.getAttribute('href')))
            let returned = false
            for (const link of back) {
                const target = book.resolveHref(link)
                if (target?.index !== index) continue
                const home = await visit(link)
                if (home.index === index && home.shown
                    && (home.element.id === id || home.element.querySelector?.(`[id="${id}"]`)
                        || home.element.closest('p,li,div')?.textContent.includes(label)))
                    { returned = true; break }
            }
            return { label, shown: there.shown, text, returned }
        }
        const results = {}
        for (const [kind, found] of Object.entries(references)) {
            results[kind] = { count: found.length, followed: [] }
            for (const reference of found.slice(0, 8))
                results[kind].followed.push(await follow(reference))
        }
        // The pop-up: a click on the first of each kind, as the reader's own handler shows it.
        const popups = {}
        for (const [kind, [first]] of Object.entries(references)) {
            if (!first) continue
            await visit(book.sections[first.index].id)
            const { doc } = view.renderer.getContents()[0]
            const link = doc.querySelector(`a[role~="doc-${kind}"]`)
            popups[kind] = await new Promise(resolve => {
                const rendered = ({ detail }) => {
                    notes.removeEventListener('render', rendered)
                    const shown = detail.view.renderer.getContents()[0].doc.body
                    resolve({ type: detail.type, text: clean(shown.textContent) })
                }
                notes.addEventListener('before-render', ({ detail }) => {
                    document.body.append(detail.view)
                }, { once: true })
                notes.addEventListener('render', rendered)
                view.addEventListener('link', e => notes.handle(book, e), { once: true })
                link.click()
                setTimeout(() => resolve({ type: null, text: '' }), 5000)
            })
        }
        return { title: book.metadata.title, language: book.metadata.language, contents, pages,
            landmarks: (book.landmarks ?? []).map(x => x.type).flat(), references: results, popups }
    })
    await page.close()
    return { ...report, problems }
}

// Pictures: each device shows the same places, the way its owner has set it ---------------------------

const devices = {
    phone: { size: { width: 320, height: 640, deviceScaleFactor: 2 }, css: '' },
    tablet: { size: { width: 768, height: 1024 }, css: '' },
    dark: { size: { width: 390, height: 780, deviceScaleFactor: 2 },
        css: 'html{background:#121212 !important;color:#dcdcdc !important}' },
    large: { size: { width: 320, height: 640, deviceScaleFactor: 2 }, css: 'html{font-size:300% !important}' },
}

const look = async (name, { size, css }) => {
    const { page, problems } = await open('foliate', size)
    const places = await page.evaluate(async css => {
        await view.open('/book.epub')
        view.renderer.setAttribute('margin', '24px')
        view.renderer.setAttribute('gap', '6%')
        await view.init({})
        view.renderer.setStyles?.(css)
        return view.book.sections.map((section, index) => ({ index, id: section.id.split('/').pop() }))
    }, css)
    const seen = []
    for (const place of places) {
        const report = await page.evaluate(async ({ index }) => {
            await view.goTo(index)
            await new Promise(resolve => setTimeout(resolve, 120))
            const { doc } = view.renderer.getContents()[0]
            const width = parseFloat(getComputedStyle(doc.documentElement).columnWidth)
            // Words cut off: an element that needs more width than its own column gives it.
            const wide = [...doc.body.querySelectorAll('p,h1,h2,h3,h4,h5,h6,li,dt,dd,td,th,span')]
                .filter(e => !e.hidden && e.getClientRects().length
                    && Math.max(...[...e.getClientRects()].map(r => r.width)) > width + 1)
                .map(e => `${e.tagName} ${e.id} ${e.textContent.trim().slice(0, 40)}`)
            const rgb = text => (text.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number)
            const light = text => {
                const [r, g, b] = rgb(text).map(v => v / 255)
                    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                return 0.2126 * r + 0.7152 * g + 0.0722 * b
            }
            const ground = getComputedStyle(doc.documentElement).backgroundColor
            const paper = ground === 'rgba(0, 0, 0, 0)' ? 1 : light(ground)
            const contrast = [...doc.body.querySelectorAll('*')].filter(e => e.textContent.trim())
                .map(e => light(getComputedStyle(e).color))
                .map(ink => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05))
            const p = doc.querySelector('p')
            return { wide, contrast: Math.min(21, ...contrast),
                size: p ? parseFloat(getComputedStyle(p).fontSize) : 0 }
        }, place)
        seen.push({ place: place.id, ...report })
        await page.screenshot({ path: join(pictures, `${name}-${place.index}-${place.id}.png`) })
    }
    await page.close()
    return { seen, problems }
}

// epub.js ---------------------------------------------------------------------------------------------

const inEpubJs = async () => {
    const { page, problems } = await open('epubjs', { width: 800, height: 1000 })
    const report = await page.evaluate(async () => {
        const clean = text => text.replace(/\s+/g, ' ').trim()
        const book = ePub('/book.epub')
        const rendition = book.renderTo('area', { width: 800, height: 1000, allowScriptedContent: true })
        await book.ready
        await book.loaded.navigation
        const heads = 'hgroup,h1,h2,h3,h4,h5,h6'
        const flat = items => items.flatMap(item => [item, ...flat(item.subitems ?? [])])
        const contents = []
        for (const item of flat(book.navigation.toc)) {
            await rendition.display(item.href)
            const { document: doc } = rendition.getContents()[0]
            const id = item.href.split('#')[1]
            const element = (id && doc.getElementById(id)) || doc.body
            contents.push({ label: clean(item.label), heading: clean((element.closest(heads)
                ?? element.querySelector(heads) ?? element).textContent) })
        }
        // Follows a link by clicking on it, as a reader does; says where the book then is.
        const shown = () => rendition.getContents()[0]?.document
        const click = async link => {
            const id = link.getAttribute('href').split('#')[1]
            link.click()
            for (let waited = 0; waited < 2000 && !shown()?.getElementById(id); waited += 50)
                await new Promise(resolve => setTimeout(resolve, 50))
            return shown()?.getElementById(id)
        }
        const references = {}
        for (const kind of ['noteref', 'glossref']) {
            references[kind] = []
            for (const section of book.spine.spineItems) {
                await rendition.display(section.href)
                const link = shown()?.querySelector(`a[role~="doc-${kind}"]`)
                if (!link) continue
                const { id } = link
                const target = await click(link)
                const text = clean((target ?? shown()?.body)?.textContent ?? '')
                const back = [...(target?.querySelectorAll('a[href]') ?? [])]
                    .find(a => a.getAttribute('href').endsWith(`#${id}`))
                const home = back ? await click(back) : null
                references[kind].push({ text, returned: Boolean(home && home.id === id) })
            }
        }
        const pages = []
        for (const item of book.pageList?.pageList ?? []) {
            const page = String(item.page)
            await rendition.display(item.href ?? item.cfi)
            const target = shown()?.getElementById((item.href ?? '').split('#')[1])
            pages.push({ label: page, found: target?.getAttribute('title') ?? '' })
        }
        return { title: book.packaging.metadata.title, contents, references, pages,
            spine: book.spine.length, cover: Boolean(await book.coverUrl()) }
    })
    await page.close()
    return { ...report, problems }
}

// Rules for a web page by itself, which a page of a book is not: Ace leaves them out as well.
const webOnly = ['landmark-one-main', 'page-has-heading-one', 'region', 'bypass']

// axe ------------------------------------------------------------------------------------------------

const underAxe = async () => {
    const page = await browser.newPage()
    const violations = []
    for (const path of Object.keys(files).filter(path => path.endsWith('.xhtml'))) {
        await page.goto(origin + path)
        await page.addScriptTag({ path: join(here, 'node_modules/axe-core/axe.min.js') })
        const found = await page.evaluate(async webOnly => (await axe.run(document, {
            rules: Object.fromEntries(webOnly.map(id => [id, { enabled: false }])) })).violations
            .map(v => ({ rule: v.id, impact: v.impact, nodes: v.nodes.map(n => n.html).slice(0, 3) })), webOnly)
        violations.push(...found.map(v => ({ page: path.split('/').pop(), ...v })))
    }
    await page.close()
    return violations
}

let status = 0
try {
    const report = { foliate: await inFoliate(), epubjs: await inEpubJs(), axe: await underAxe(), devices: {} }
    for (const [name, device] of Object.entries(devices)) report.devices[name] = await look(name, device)
    process.stdout.write(JSON.stringify(report, null, 1))
} catch (error) {
    console.error(error)
    status = 1
} finally {
    await browser.close()
    server.close()
    rmSync(profile, { recursive: true, force: true })
}
process.exit(status)
