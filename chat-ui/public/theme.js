// Runs before the first paint, so that a dark page never flashes white.
// A file rather than an inline script: it works under a content policy without 'unsafe-inline'.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('parlance.theme') || 'system';
  } catch {}
  const dark =
    choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
