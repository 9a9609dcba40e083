import { brandColours, readableOn } from "../pdf/brand-colour";

/** Everything that a hosted page looks like, for phones first. What slots may use: .button, .notice, .fields, .signature. */
export const pageStyle = (brandColour: string | null): string => {
  const { brand } = brandColours(brandColour);
  return `:root{--brand:${brand};--on-brand:${readableOn(brand)}}${RULES}`;
};

const RULES = `:root{color-scheme:light;--page:#f5f6f8;--paper:#fff;--ink:#14181f;--quiet:#4d5663;--line:#d9dde3;--soft:#f5f6f8;--link:#0b4f9e;--bad:#a3190f;--bad-soft:#fdecea;--good:#0d5c34;--good-soft:#e6f4ec;--shadow:0 1px 2px rgb(20 24 31/.06),0 8px 28px rgb(20 24 31/.06)}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
h1,h2,h3,p,dl,dd,ol,ul,figure{margin:0}
h1{font-size:1.75rem;line-height:1.2;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.3}
h2:not(.label)::before{content:"";display:block;width:20px;height:3px;border-radius:2px;background:var(--brand);margin-bottom:.5rem}
h3{font-size:1rem;line-height:1.4}
.skip{position:absolute;left:-999rem;top:0;background:var(--paper);padding:.75rem 1rem;z-index:1}
.skip:focus{left:.5rem;top:.5rem}
.band{height:6px;background:var(--brand)}
.wrap{max-width:60rem;margin:0 auto;padding-inline:1rem}
.top{display:flex;gap:.75rem 1.5rem;justify-content:space-between;align-items:center;flex-wrap:wrap;padding-block:1.25rem}
.seller{display:flex;gap:.75rem;align-items:center;font-weight:600;font-size:1.05rem;min-width:0}
.seller img{display:block;max-width:190px;max-height:48px;width:auto;height:auto;background:#fff;border-radius:4px}
.mark{flex:none;width:2.1rem;height:2.1rem;border-radius:.5rem;background:var(--brand);color:var(--on-brand);display:grid;place-items:center;font-weight:600}
.paper{background:var(--paper);border:1px solid var(--line);border-radius:12px;box-shadow:var(--shadow);padding:1.25rem}
.paper+.paper,.notice+.paper,.paper+.notice{margin-top:1rem}
.quiet{color:var(--quiet)}
.small{font-size:.875rem}
.overline{font-size:.875rem;font-weight:600;color:var(--quiet)}
.chip{display:inline-block;border:1px solid var(--line);border-radius:999px;padding:.1rem .65rem;font-size:.8rem;font-weight:600;letter-spacing:.04em}
section{margin-top:2.25rem}
section>h2+*{margin-top:.9rem}
.text{white-space:pre-line;max-width:42rem}
.text+.text{margin-top:.75rem}
.columns{display:grid;gap:1.25rem;margin-top:1.25rem;padding-top:1.25rem;border-top:1px solid var(--line)}
.columns .label{font-size:.8rem;color:var(--quiet);font-weight:600;margin-bottom:.15rem}
.columns .name{font-weight:600}
dl.facts>div{display:grid;gap:.1rem;padding:.6rem 0;border-bottom:1px solid var(--line)}
dl.facts dt{color:var(--quiet);font-size:.875rem}
dl.facts dd+dd{margin-top:.15rem}
dl.compact>div{display:flex;justify-content:space-between;gap:1rem;padding:.3rem 0}
dl.compact dd{text-align:right}
.highlights{display:grid;gap:1rem;margin-top:1.5rem;padding:1rem 1.1rem;border-radius:10px;background:var(--soft);border-left:4px solid var(--brand)}
.highlights dt{color:var(--quiet);font-size:.875rem}
.highlights dd{font-weight:600;font-size:1.1rem;line-height:1.25}
.highlights div:first-child dd{font-size:1.6rem;letter-spacing:-.01em}
.phase{margin-top:1.5rem}
.phase-head{display:flex;flex-wrap:wrap;gap:.1rem 1rem;justify-content:space-between;align-items:baseline;margin-bottom:.35rem}
table{width:100%;border-collapse:collapse}
th{text-align:left;font-weight:600}
thead th{font-size:.8rem;color:var(--quiet);padding:.4rem 0;border-bottom:1.5px solid var(--ink);vertical-align:bottom}
td,tbody th,tfoot th{padding:.65rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td+td,th+td,th+th{padding-left:1.25rem}
.figure{text-align:right}
tbody th{font-weight:400}
.invoices .figure{white-space:nowrap}
.item{font-weight:600}
.total>*{font-weight:600}
tr.total>th{font-weight:600}
.total .quiet{font-weight:400}
.group th{font-size:.8rem;font-weight:600;color:var(--quiet);padding:.9rem 0 .2rem;border-bottom:0}
.remarks{margin-top:.75rem;color:var(--quiet);font-size:.875rem}
.signers{list-style:none;padding:0;display:grid;gap:.75rem}
.signers li{border:1px solid var(--line);border-radius:10px;padding:.75rem 1rem}
.change{padding:.75rem 0;border-bottom:1px solid var(--line)}
h1.number{font-size:clamp(1.35rem,7vw,2.25rem);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.why{margin:.35rem 0 0;padding-left:1.1rem;color:var(--quiet)}
.why li+li{margin-top:.15rem}
.sums th{font-weight:400}
.sums td.figure{white-space:nowrap}
details{border:1px solid var(--line);border-radius:10px;padding:0 1rem}
details+details{margin-top:.6rem}
details[open]{padding-bottom:.75rem}
summary{min-height:44px;line-height:1.4;padding:.65rem 0;font-weight:600;cursor:pointer}
summary .quiet{font-weight:400}
.more{margin-top:1rem}
footer{padding-block:1.5rem 3rem;color:var(--quiet);font-size:.875rem}
.button{display:inline-block;border:1.5px solid var(--line);border-radius:8px;background:var(--paper);color:var(--ink);font:inherit;font-weight:600;padding:.6rem 1.1rem;min-height:44px;text-decoration:none;cursor:pointer}
.button:hover{border-color:var(--quiet)}
.button.primary{background:var(--brand);border-color:var(--brand);color:var(--on-brand)}
.button.primary:hover{filter:brightness(1.08)}
.button[disabled]{opacity:.55;cursor:not-allowed}
.notice{border-radius:10px;padding:.9rem 1.1rem;background:var(--soft);border:1px solid var(--line);border-left:4px solid var(--quiet);margin-bottom:1rem}
.notice.good{background:var(--good-soft);color:var(--good);border-left-color:var(--good)}
.notice.bad{background:var(--bad-soft);color:var(--bad);border-left-color:var(--bad)}
section.notice{margin-top:0}
.notice h2{margin:0 0 .35rem;font-size:1.15rem}
.notice h2::before{display:none}
.notice p+p,.notice ul+p{margin-top:.6rem}
.notice ul{margin:.35rem 0 0;padding-left:1.2rem}
.notice .button{margin-top:.35rem}
.sentence{max-width:36rem;margin:8vh auto 0}
.sentence p{margin-top:.75rem;font-size:1.0625rem}
.fields{display:grid;gap:1rem;max-width:34rem}
.fields label{display:grid;gap:.3rem;font-weight:600}
.fields label.check{display:flex;gap:.7rem;align-items:flex-start;font-weight:400}
.fields input[type=checkbox],.fields input[type=radio]{width:1.25rem;height:1.25rem;flex:none;margin:.15rem 0 0;accent-color:var(--link)}
.fields input:not([type=checkbox],[type=radio]),.fields textarea,.fields select{font:inherit;color:var(--ink);background:var(--paper);border:1.5px solid var(--quiet);border-radius:8px;padding:.6rem .75rem;width:100%;min-height:44px}
.fields fieldset{border:1px solid var(--line);border-radius:10px;padding:1rem;margin:0;min-width:0;display:grid;gap:.75rem}
.fields legend{font-weight:600;padding:0 .35rem}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center}
.signature{font-family:Caveat,"Segoe Script","Bradley Hand","Snell Roundhand",cursive;font-size:2rem;line-height:1.2;min-height:2.6rem}
canvas.signature{display:block;width:100%;height:10rem;background:#fff;border:1.5px solid var(--quiet);border-radius:8px;touch-action:none}
[hidden]{display:none!important}
@media (max-width:39.99rem){
.stack,.stack tbody,.stack tr,.stack td,.stack th{display:block}
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack tr{padding:.75rem 0;border-bottom:1px solid var(--line)}
.stack .group{padding:.9rem 0 0;border:0}
.stack td,.stack th{padding:.1rem 0!important;border:0;text-align:left}
.stack td[data-label]{display:grid;grid-template-columns:6rem 1fr;gap:.75rem}
.stack td[data-label]::before{content:attr(data-label);color:var(--quiet);font-size:.875rem;font-weight:400}
.stack td:empty{display:none!important}
td+td,th+td,th+th{padding-left:.6rem}
}
@media (min-width:40rem){
.wrap{padding-inline:1.5rem}
.paper{padding:2.25rem 2.5rem}
h1{font-size:2.25rem}
.columns{grid-template-columns:1fr 1fr}
dl.facts>div{grid-template-columns:10rem 1fr;column-gap:1.25rem}
dl.facts dd{grid-column:2}
.highlights{grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));align-items:end}
.signers{grid-template-columns:1fr 1fr}
.stack{table-layout:fixed}
.lines .price{width:29%}
.lines .quantity{width:14%}
.lines .amount{width:21%}
.totals thead .figure{width:21%}
.charges .quantity{width:15%}
.charges .price{width:14%}
.charges .tax{width:9%}
.charges .amount{width:18%}
.sums{max-width:30rem;margin-left:auto}
.sums[aria-labelledby=notes]{max-width:none}
}
@media (min-width:56rem){.columns{grid-template-columns:1.1fr 1fr 1fr}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{
body{background:#fff;font-size:10.5pt}
.skip,.no-print,.actions-slot{display:none!important}
.paper{border:0;box-shadow:none;padding:0}
tr,.change,.signers li,.highlights{break-inside:avoid}
h2,h3{break-after:avoid}
thead{display:table-header-group}
a{color:inherit;text-decoration:none}
details::details-content{content-visibility:visible;block-size:auto}
.how-to-pay{break-inside:avoid}
}`;
