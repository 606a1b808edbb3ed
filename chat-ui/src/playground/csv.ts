/** Rows as RFC 4180 text with a byte-order mark, which spreadsheets need to read UTF-8. */
export function toCsv(rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => cells.map(cell).join(',');
  return `\uFEFF${rows.map(line).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Offers content as a file. */
export function download(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
