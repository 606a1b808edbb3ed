/** Why a model cannot be loaded, for whoever asked for it: without folders of this machine, and cut to what one reads. */
export function loadingFailure(error: unknown, folder: string): string {
  if (!(error instanceof Error)) return String(error);
  const file = 'path' in error ? relative(String(error.path), folder) : undefined;
  if ('code' in error && error.code === 'ENOENT' && file) return `${file} is missing`;
  if (error instanceof SyntaxError)
    return `a file of its tokenizer or settings is no JSON (${error.message})`;
  return relative(error.message, folder).replace(/\s+/g, ' ').slice(0, longest);
}

const longest = 300;

const relative = (text: string, folder: string): string =>
  text.replaceAll(`${folder}/`, '').replaceAll(folder, 'the model');
