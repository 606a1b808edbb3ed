import mammoth from 'mammoth';
import { checkArchive } from './archive.ts';
import { readMarkup } from './html.ts';
import { type Reader, unreadable } from './reader.ts';

/** A Word document, by way of the page that mammoth makes of it. Pictures are left out. */
export const readDocx: Reader = async (bytes) => {
  await checkArchive(bytes);
  try {
    const ignored = {
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      externalFileAccess: false,
    };
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, ignored);
    return readMarkup(value);
  } catch (cause) {
    throw unreadable(
      'The Word document is damaged. Open it in Word, save it again as .docx and upload that.',
      cause,
    );
  }
};
