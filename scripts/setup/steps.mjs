/** A failure whose message is all the reader needs: what is wrong and what would mend it. */
export class SetupError extends Error {}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const out = process.stderr;
const animated = Boolean(out.isTTY) && !process.env.CI;

/** Steps in flight, by name, with the time each began: several may run at once and share one line. */
const running = new Map();
let timer;
let frame = 0;

/** Runs `work`, showing its name while it runs and its time afterwards; a spinner on a terminal, lines elsewhere. */
export async function step(name, work) {
  const started = performance.now();
  begin(name, started);
  try {
    const result = await work();
    finish(name, `✓ ${name} (${since(started)})`);
    return result;
  } catch (error) {
    finish(name, `✗ ${name} (${since(started)})`);
    throw error;
  }
}

/** A remark between steps that stops nothing. */
export function note(text) {
  out.write(`! ${text}\n`);
}

function begin(name, started) {
  running.set(name, started);
  if (!animated) out.write(`… ${name}\n`);
  else timer ??= setInterval(draw, 120);
}

function finish(name, line) {
  running.delete(name);
  if (animated) out.write('\r\x1b[2K');
  out.write(`${line}\n`);
  if (running.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

function draw() {
  const names = [...running].map(([name, started]) => `${name} ${since(started)}`).join(' · ');
  out.write(`\r\x1b[2K${frames[frame++ % frames.length]} ${names.slice(0, (out.columns ?? 80) - 3)}`);
}

function since(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
