"""Scripts that are run in a page: what they find may be the page's own invention, and is only text to us.

What concerns elements looks into open shadow roots too, where many sites keep their text.
"""

GUARD = """for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport'])
    try { Object.defineProperty(window, name, {value: undefined}) } catch {}
window.open = () => null"""
"""Takes from the page's scripts what could pass the proxy by."""

_ROOTS = """const roots = root =>
    [root, ...[...root.querySelectorAll('*')].filter(host => host.shadowRoot).flatMap(host => roots(host.shadowRoot))]
const all = selector => roots(document).flatMap(root => {
    try { return [...root.querySelectorAll(selector)] } catch { return [] }
})"""

MATCHED = f"""selectors => {{
    {_ROOTS}
    const known = selector => {{ try {{ document.querySelector(selector) }} catch {{ return false }} return true }}
    return selectors.every(selector => !known(selector) || all(selector).length)  // some only we understand
}}"""
"""Whether each selector matches something."""

SIZE = f"""() => {{
    {_ROOTS}
    return document.body ? roots(document.body).reduce((size, root) => size + root.textContent.length, 0) : 0
}}"""
"""How long the text is."""

OPEN = f"""([selectors, limit]) => {{
    {_ROOTS}
    for (const details of all('details:not([open])').slice(0, limit)) details.open = true
    const found = selectors.flatMap(all)
    const around = found.length ? found.map(part => part.parentElement ?? part) : all('main, article, [role=main]')
    const never = 'nav, header, footer, form, dialog, select, [role=navigation], [role=banner], [role=contentinfo],'
        + '[role=dialog], [role=alertdialog], [role=menu], [role=menubar], [role=listbox], [role=search]'
    const safe = 'button:not([type=submit]), [role=button], [role=tab], a:not([href]), a[href^="#"]'
    let opened = 0
    for (const part of around.length ? around : [document.body])
        for (const control of part?.querySelectorAll('[aria-expanded=false]:not([aria-haspopup])') ?? [])
            if (opened < limit && control.matches(safe) && !control.closest(never)) {{ control.click(); opened += 1 }}
    return opened
}}"""
"""Opens collapsed sections, at most so many; how many controls were clicked."""

FLAT = f"""() => {{
    {_ROOTS}
    if (roots(document).length < 2) return null
    const twin = document.implementation.createHTMLDocument()  // no script runs there, no element is upgraded
    const into = (out, nodes) => {{
        for (const node of nodes) {{
            if (node.localName === 'slot' && node.assignedNodes && node.getRootNode() !== document) {{
                into(out, node.assignedNodes({{flatten: true}}))
                continue
            }}
            const copy = out.appendChild(twin.importNode(node, false))
            into(copy, (node.shadowRoot ?? node).childNodes)
        }}
    }}
    const html = twin.importNode(document.documentElement, false)
    try {{ into(html, document.documentElement.childNodes) }} catch {{ return null }}  // nested too deeply
    return '<!DOCTYPE html>' + html.outerHTML
}}"""
"""The document as HTML in which what stands in open shadow roots stands in the page, each slot filled with what the
page puts there; null where there is no such root."""
