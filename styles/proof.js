// The proofing report: search and filters. Without it the page is whole, only not to be filtered.
const rows = [...document.querySelectorAll('.text tbody tr')]
const find = document.getElementById('find')
const altered = document.getElementById('altered')
const narrow = () => {
    const wanted = find.value.trim().toLowerCase()
    let shown = 0
    for (const row of rows) {
        const fits = (!wanted || row.textContent.toLowerCase().includes(wanted)) &&
            (!altered.checked || row.querySelector('li:not(.routine)') || row.classList.contains('out'))
        row.hidden = !fits
        if (fits) shown += 1
    }
    document.getElementById('found').textContent = shown === rows.length ? '' : `${shown} of ${rows.length} rows`
}
find.addEventListener('input', narrow)
altered.addEventListener('change', narrow)
document.querySelector('.tools').addEventListener('submit', event => event.preventDefault())
for (const box of document.querySelectorAll('.show')) {
    box.addEventListener('change', () => document.body.classList.toggle(`no-${box.value}`, !box.checked))
}
document.querySelector('.queries')?.addEventListener('click', event => {
    if (!event.target.closest('a')) return
    find.value = ''
    altered.checked = false
    narrow()
})
let opened = []
addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')]
    for (const details of opened) details.open = true
})
addEventListener('afterprint', () => { for (const details of opened) details.open = false })
