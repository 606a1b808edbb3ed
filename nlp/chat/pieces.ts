/** Characters after which a piece may end. */
const pieceLength = 18;

/** A text in the small pieces it is streamed in, a few words each; together they are the text. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let open = '';
  for (const word of text.split(/(?<=\s)(?=\S)/)) {
    open += word;
    if (open.length < pieceLength) continue;
    pieces.push(open);
    open = '';
  }
  if (open) pieces.push(open);
  return pieces;
}
