// Opens a proofing report in headless Chromium, searches and filters it as a colleague would, prints
// it, and prints what came of it as JSON. Usage: node proof.mjs REPORT.html WORD PRINTED.pdf

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'

const [file, word, printed] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const axeSource = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8')
const profile = mkdtempSync(join(tmpdir(), 'proof-'))
const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    userDataDir: profile,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
})
const page = await browser.newPage()
const report = { problems: [], requests: [], axe: {} }
page.on('pageerror', error => report.problems.push(String(error)))
page.on('console', message => { if (message.type() === 'error') report.problems.push(message.text()) })
page.on('request', request => report.requests.push(request.url()))
await page.setViewport({ width: 1280, height: 900 })
await page.goto(pathToFileURL(file).href)
const visible = () => page.evaluate(() => [...document.querySelectorAll('.text tbody tr')].filter(row => !row.hidden).length)
report.all = await visible()
for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.evaluate(axeSource)
    const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }))
    report.axe[scheme] = found.violations.map(v => `${v.id}: ${v.nodes.slice(0, 2).map(n => n.target + ' ' + n.failureSummary)}`)
}
await page.type('#find', word)
report.matching = await visible()
report.said = await page.$eval('#found', element => element.textContent)
await page.$eval('#find', element => { element.value = ''; element.dispatchEvent(new Event('input')) })
const ground = () => page.$eval('.text mark.typography', element => getComputedStyle(element).backgroundColor)
report.before = await ground()
await page.click('.show[value=typography]')
report.after = await ground()
await page.setViewport({ width: 400, height: 900 })
report.wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
await page.pdf({ path: printed, format: 'A4' })
await browser.close()
rmSync(profile, { recursive: true, force: true })
console.log(JSON.stringify(report))
