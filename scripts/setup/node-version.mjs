// Runs before anything is known about the Node at hand: no imports, no syntax newer than ES2017.

const floor = [20, 19];

/** True when `version`, such as v20.19.0, is one Parlance runs on. */
export function isSupported(version) {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  return parts[0] > floor[0] || (parts[0] === floor[0] && parts[1] >= floor[1]);
}

/** Ends the process with a plain message when this Node is too old. */
export function requireNode() {
  if (isSupported(process.version)) return;
  console.error(
    'Parlance needs Node.js ' +
      floor.join('.') +
      ' or newer; this is ' +
      process.version +
      '.\n' +
      'Install a current release from https://nodejs.org or with your version manager (nvm install 22), then try again.',
  );
  process.exit(1);
}
