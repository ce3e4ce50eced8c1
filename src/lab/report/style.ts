/** The report's stylesheet: a printed page that also reads well on a screen. */
export const reportStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 40px 24px 64px; max-width: 1024px; background: #fff; color: #1b1f26;
  font: 14px/1.55 'Inter Variable', Inter, system-ui, 'Helvetica Neue', Arial, 'Hiragino Sans', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP', IPAexGothic, sans-serif;
  font-variant-numeric: tabular-nums;
}
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 44px 0 12px; padding-top: 16px; border-top: 1px solid #e4e6ea; font-size: 18px; font-weight: 600; overflow-wrap: anywhere; }
h3 { margin: 24px 0 8px; font-size: 14px; font-weight: 600; }
.about { margin: 0 0 20px; color: #5c6470; font-size: 13px; }
.notes { max-width: 70ch; overflow-wrap: anywhere; }
.notes h1, .notes h2, .notes h3 { margin: 20px 0 6px; padding: 0; border: 0; font-size: 15px; }
.notes pre { padding: 10px 12px; background: #f4f5f7; border-radius: 6px; overflow-x: auto; }
.notes code { font-family: ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', monospace; font-size: 0.92em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 12.5px; line-height: 1.4; }
.scroll > table { width: 100%; }
th, td { padding: 5px 14px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid #eceef1; }
thead th { color: #5c6470; font-weight: 500; border-bottom-color: #cfd3da; white-space: nowrap; }
tbody th { font-weight: 400; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.number:last-child, th.number:last-child { padding-right: 0; }
.settings th { color: #5c6470; white-space: nowrap; padding-right: 20px; }
.settings td { overflow-wrap: anywhere; }
/* what the settings are warned of */
.warning { margin: 8px 0 0; color: #8a5a00; overflow-wrap: anywhere; }
.key { margin-right: 8px; vertical-align: -1.5px; }
.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 28px 28px; margin-top: 20px; }
.figures.wide { grid-template-columns: minmax(0, 1fr); }
/* captions of a row are as high as the highest, so that the plots stand level */
figure { margin: 0; break-inside: avoid; display: grid; grid-row: span 3; grid-template-rows: subgrid; gap: 0; align-content: start; }
figcaption { align-self: end; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { margin-bottom: 8px; font-size: 12.5px; line-height: 1.45; color: #5c6470; }
figcaption b { color: #1b1f26; font-weight: 600; margin-right: 6px; }
.remarks { margin: 6px 0 0; font-size: 11.5px; line-height: 1.45; color: #5c6470; }
.remarks p { margin: 0; }
.warnings { color: #8a5a00; overflow-wrap: anywhere; }
footer { margin-top: 48px; padding-top: 16px; border-top: 1px solid #e4e6ea; color: #5c6470; font-size: 12px; }
footer th { font-weight: 400; padding-right: 20px; white-space: nowrap; }
footer td { overflow-wrap: anywhere; }
@media (max-width: 720px) { .figures { grid-template-columns: minmax(0, 1fr); } }
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; }
  tr { break-inside: avoid; }
  .figures { gap: 18px; }
}
`;
