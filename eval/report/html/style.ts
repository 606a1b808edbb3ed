/** Everything the report looks like; it refers to nothing outside itself. */
export const style = `
:root { color-scheme: light dark; --ink: #1c1f26; --faint: #667085; --line: #e3e6eb; --soft: #f6f7f9; --paper: #fff;
  --good: #117a45; --bad: #b42318; --open: #93600c; --bar: #3b6cf6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e9ee; --faint: #9aa3b2; --line: #2c323d; --soft: #1b2028; --paper: #12161c;
  --good: #5fd08f; --bad: #ff8f83; --open: #eab45c; --bar: #83a4ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; } h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
p { margin: .25rem 0; } .faint { color: var(--faint); }
.verdict { display: inline-block; margin: 1rem 0 0; padding: .4rem .8rem; border-radius: .5rem; border: 1px solid currentColor; font-weight: 600; }
.passed, .better { color: var(--good); } .failed, .worse { color: var(--bad); } .inconclusive { color: var(--open); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--faint); font-weight: 500; white-space: nowrap; } td.number { white-space: nowrap; }
.scale { position: relative; display: block; width: 10rem; height: .8rem; margin-top: .35rem; background: var(--soft); border-radius: .2rem; }
.scale i { position: absolute; top: .15rem; bottom: .15rem; background: var(--bar); opacity: .35; border-radius: .15rem; }
.scale b { position: absolute; top: 0; bottom: 0; width: 2px; background: var(--bar); }
.bins { display: flex; align-items: flex-end; gap: 2px; height: 6rem; border-bottom: 1px solid var(--line); }
.bins span { flex: 1; min-height: 1px; background: var(--bar); opacity: .8; border-radius: .15rem .15rem 0 0; }
.matrix { width: auto; } .matrix td, .matrix th { text-align: right; padding: .35rem .6rem; }
pre { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace; background: var(--soft);
  padding: .5rem .6rem; border-radius: .4rem; max-height: 16rem; overflow: auto; }
details { border-bottom: 1px solid var(--line); padding: .45rem 0; } summary { cursor: pointer; }
@media print { body { max-width: none; padding: 0; } details > * { display: block !important; } pre { max-height: none; }
  h2 { break-after: avoid; } tr, details { break-inside: avoid; } }
`;
