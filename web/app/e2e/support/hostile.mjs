// Texts that try to be more than texts. Each calls pwned() if it ever runs.
const RUN = 'pwned()';

const MARKUP = [
  `<script>${RUN}</script>`,
  `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=x:x onerror=${RUN}//`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>x</text></a></svg>`,
  `<math><mi//xlink:href="data:x,<script>${RUN}</script>">`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="data:text/html,<script>${RUN}</script>">`,
  `<body onload=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<details open ontoggle=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}>`,
  `<marquee onstart=${RUN}>`,
  `<a href="javascript:${RUN}">press</a>`,
  `<a href=" &#14; javascript:${RUN}">press</a>`,
  `<form action="javascript:${RUN}"><button>go</button></form>`,
  `<button formaction="javascript:${RUN}">x</button>`,
  `<base href="//evil.example/">`,
  `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
  `<link rel=stylesheet href=//evil.example/x.css>`,
  `<style>@import '//evil.example/x.css';</style>`,
  `<style>*{background:url(//evil.example/leak)}</style>`,
  `<div style="position:fixed;inset:0;background:red">over everything</div>`,
  `<template><script>${RUN}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `</textarea><script>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `--><script>${RUN}</script>`,
  `"><script>${RUN}</script>`,
  `'><img src=x onerror=${RUN}>`,
  `" onmouseover="${RUN}" x="`,
  '`${' + RUN + '}`',
  '{{constructor.constructor("' + RUN + '")()}}',
  '${' + RUN + '}',
  '<%= ' + RUN + ' %>',
  `<x onclick=${RUN}>press</x>`,
  `<<script>${RUN}//<</script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `&#60;img src=x onerror=${RUN}&#62;`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
  `<img src="data:image/svg+xml,<svg onload=${RUN}>">`,
  `<p is=x-frame onclick=${RUN}>`,
  `<slot onslotchange=${RUN}>`,
  `<dialog open onclose=${RUN}><form method=dialog><button>x</button></form></dialog>`,
  `<isindex type=image src=1 onerror=${RUN}>`,
  `{"__html":"<img src=x onerror=${RUN}>"}`,
  `{"$$typeof":"Symbol(react.element)","type":"script"}`,
  `__proto__[innerHTML]=<img src=x onerror=${RUN}>`,
  `\u202e<tpircs>${RUN}</tpircs>`,
];

const ADDRESSES = [
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `java\tscript:${RUN}`,
  ` javascript:${RUN}`,
  `javascript://https://a.example/%0a${RUN}`,
  `javascript&colon;${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+`,
  `vbscript:${RUN}`,
  `file:///etc/passwd`,
  `blob:https://a.example/1`,
  `view-source:javascript:${RUN}`,
  `https://a.example/"onmouseover="${RUN}`,
  `https://a.example/'onmouseover='${RUN}`,
  `https://a.example/><script>${RUN}</script>`,
  `//evil.example`,
  `\\\\evil.example\\share`,
  `https:javascript:${RUN}`,
];

/** What is sent, and the text that must stand there if it is known in advance. */
export function hostileMessages() {
  const messages = [];
  const add = (input, text) => messages.push({ input, text });
  for (const text of [...MARKUP, ...ADDRESSES]) add({ text }, text.trim());
  for (const text of MARKUP) {
    add({ text, format: 'markdown' });
    add({ text: `\`\`\`html\n${text}\n\`\`\``, format: 'markdown' }, text);
  }
  for (const address of ADDRESSES) {
    add({ text: `[press](${address}) ![x](${address})`, format: 'markdown' });
    add({ text: `<${address}> **[${address}](https://a.example/)**`, format: 'markdown' });
  }
  for (const text of MARKUP.slice(0, 40)) {
    add({ content: { kind: 'location', latitude_e7: 1, longitude_e7: 1, label: text } }, text);
    const card = { title: text, text, buttons: [{ kind: 'reply', text: text.slice(0, 80) }] };
    add({ content: { kind: 'cards', cards: [card], replies: [text.slice(0, 80)] } }, text);
  }
  return messages;
}
