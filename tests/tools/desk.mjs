// Works at an edition's desk in headless Chromium as an editor would, with the keyboard alone but
// where a step says otherwise, and prints what came of it as JSON.
// Usage: node desk.mjs ADDRESS FOLDER_FOR_PICTURES
//
// Nothing is judged here: the tests read the report and say what must hold.

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const [address, pictures] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const axeSource = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8')
mkdirSync(pictures, { recursive: true })
const profile = mkdtempSync(join(tmpdir(), 'desk-'))
const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    userDataDir: profile,
    args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
        '--disable-background-networking', '--disable-component-update', '--hide-scrollbars',
    ],
})
const report = { problems: [], requests: [], axe: {}, steps: [] }
const page = await browser.newPage()
await page.setBypassCSP(false)
page.on('pageerror', error => report.problems.push(String(error)))
page.on('console', message => {
    if (['error', 'warn'].includes(message.type())) report.problems.push(message.text())
})
page.on('request', request => report.requests.push(request.url()))
await page.setViewport({ width: 1440, height: 900 })

const seen = () => page.evaluate(() => ({
    version: Number(document.body.dataset.version),
    title: document.getElementById('card-title').textContent,
    open: document.querySelectorAll('#queries li').length,
    count: document.getElementById('count').textContent,
    status: document.getElementById('status').textContent,
    focus: document.activeElement.id || document.activeElement.className || document.activeElement.tagName,
    readings: [...document.querySelectorAll('#readings .reading')].map(e => e.textContent),
    scan: !document.getElementById('scan').hidden && document.getElementById('scan-image').naturalWidth,
    text: document.getElementById('rows').textContent.length,
    marked: document.querySelectorAll('#rows mark.query').length,
    current: document.querySelector('#rows [aria-current]')?.textContent ?? '',
    listed: document.querySelector('#queries [aria-current]')?.textContent ?? '',
}))
const step = async (name, work, renewed = false) => {
    const before = await seen()
    await work()
    if (renewed) await page.waitForFunction(`Number(document.body.dataset.version) > ${before.version}`, { timeout: 30000 })
    await new Promise(resolve => setTimeout(resolve, 150))
    report.steps.push({ name, before, after: await seen() })
}
const axe = async name => {
    await page.evaluate(`if (!window.axe) { ${axeSource} }`)
    const found = await page.evaluate(() => axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }))
    report.axe[name] = found.violations.map(v => `${v.id}: ${v.nodes.map(n => `${n.target} ${n.failureSummary}`).slice(0, 3).join(' | ')}`)
}
const picture = name => page.screenshot({ path: join(pictures, `${name}.png`) })
const row = line => page.evaluate(n => document.querySelector(`#rows [data-line="${n}"]`)?.closest('.row')
    .querySelector('.body')?.textContent ?? '', line)
const lineOf = title => Number(/\d+/.exec(title)[0])

await page.goto(address)
await page.waitForFunction('document.querySelectorAll("#queries li").length > 0', { timeout: 60000 })
await new Promise(resolve => setTimeout(resolve, 500))
await picture('light')
await axe('light')
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
await picture('dark')
await axe('dark')
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }])

report.first = await seen()
const firstLine = lineOf(report.first.title)
await step('accept', () => page.keyboard.press('Enter'), true)
report.accepted = await row(firstLine)
await step('undo', () => page.keyboard.press('u'), true)
report.undone = await row(firstLine)
await step('stet', () => page.keyboard.press('s'), true)
await step('later', () => page.keyboard.press('l'))
await step('back', () => page.keyboard.press('k'))
await step('fault', () => page.keyboard.press('f'))
await step('note', async () => {
    await page.keyboard.press('n')
    await page.keyboard.type('quoted from the first edition')
    await page.keyboard.press('Enter')
})
await step('other', async () => {
    await page.keyboard.press('o')
    await page.keyboard.type('ANOTHER')
    await page.keyboard.press('Enter')
}, true)
await step('list', async () => {
    for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(() => !!document.activeElement.closest('#queries'))) break
    }
    await page.keyboard.press('ArrowDown')
})
await step('doubt', () => page.keyboard.press('d'), true)
await step('own', async () => {
    await page.keyboard.press('e')
    await page.keyboard.down('Control')
    await page.keyboard.press('a')
    await page.keyboard.up('Control')
    await page.keyboard.type('22')
    await page.keyboard.press('Tab')
    await page.keyboard.type('marshal')
    await page.keyboard.press('Enter')
    await page.waitForFunction('document.getElementById("other").value === "marshal"')
    await page.keyboard.type('MARSHAL')
    await page.keyboard.press('Enter')
}, true)
report.own = await row(22)
await step('misfit', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('e')
    await page.keyboard.press('Tab')
    await page.keyboard.type('no such words')
    await page.keyboard.press('Enter')
    await page.waitForFunction('document.getElementById("status").textContent.includes("exactly once")')
})
await step('help', async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
})
await picture('help')
await axe('help')
await step('help closed', () => page.keyboard.press('Escape'))
await step('find', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('scoundrel')
})
report.found = await page.evaluate(() => document.querySelector('.row.found')?.textContent.includes('scoundrel') ?? false)
await page.keyboard.press('Escape')
report.filters = await page.evaluate(() => [...document.querySelectorAll('.filter')].map(e => e.textContent.trim()))
await page.click('#filter-typography')
report.filtered = await page.evaluate(() => {
    const mark = document.querySelector('mark.typography')
    return mark ? getComputedStyle(mark).backgroundColor : ''
})
await picture('filters')
await page.setViewport({ width: 420, height: 900 })
await new Promise(resolve => setTimeout(resolve, 200))
report.wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
await picture('phone')
await axe('phone')
// A place chosen with the pointer: the word is selected in the source, then taken up by key.
await page.setViewport({ width: 1440, height: 900 })
await step('selected', async () => {
    await page.evaluate(() => {
        const words = document.querySelector('#rows [data-line="30"] .words').firstChild
        const at = words.textContent.search(/\S/)
        getSelection().setBaseAndExtent(words, at, words, at + 3)
        document.getElementById('card').focus()
    })
    await page.keyboard.press('e')
    await page.waitForFunction('document.activeElement.id === "other"')
})
report.closing = await seen()
await browser.close()
rmSync(profile, { recursive: true, force: true })
console.log(JSON.stringify(report))
