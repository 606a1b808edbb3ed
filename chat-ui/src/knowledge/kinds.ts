import { FileCode, FileText, FileType, type LucideIcon, NotebookText, Text } from 'lucide-react';
import type { SourceKind } from '#contracts';

export const kinds: Record<SourceKind, { word: string; icon: LucideIcon; extensions: readonly string[] }> = {
  markdown: { word: 'Markdown', icon: NotebookText, extensions: ['.md', '.markdown'] },
  html: { word: 'HTML', icon: FileCode, extensions: ['.html', '.htm', '.xhtml'] },
  text: { word: 'Text', icon: Text, extensions: ['.txt', '.text'] },
  docx: { word: 'Word', icon: FileType, extensions: ['.docx'] },
  pdf: { word: 'PDF', icon: FileText, extensions: ['.pdf'] },
};

/** What a file dialog offers. */
export const accepted = Object.values(kinds)
  .flatMap((kind) => kind.extensions)
  .join(',');
