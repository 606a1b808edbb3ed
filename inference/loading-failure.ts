/** Why a model cannot be loaded, for whoever asked for it: without folders of this machine, cut to what one reads, and without a full stop. */
export function loadingFailure(error: unknown, folder: string): string {
  if (!(error instanceof Error)) return String(error);
  const file = 'path' in error ? relative(String(error.path), folder) : undefined;
  if ('code' in error && error.code === 'ENOENT' && file) return `${file} is missing`;
  if (error instanceof SyntaxError)
    return `a file of its tokenizer or settings is no JSON (${error.message})`;
  const reason = relative(error.message, folder).replace(/\s+/g, ' ').slice(0, longest);
  const graph = /^Load model from (\S+) failed:\s*Protobuf parsing failed/i.exec(reason)?.[1];
  if (graph)
    return `${graph} is no ONNX graph: it is damaged, cut off or a pointer of Git LFS. Fetch it again`;
  return reason.replace(/\.+$/, '');
}

const longest = 300;

const relative = (text: string, folder: string): string =>
  text.replaceAll(`${folder}/`, '').replaceAll(folder, 'the model');
