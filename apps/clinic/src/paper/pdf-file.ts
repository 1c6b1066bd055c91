import { StreamableFile } from '@nestjs/common';

/** A PDF that the browser opens. Its name must say nothing about anybody: it stays in the list of downloads. */
export const pdfFile = (bytes: Buffer, name: string): StreamableFile =>
  new StreamableFile(bytes, {
    type: 'application/pdf',
    disposition: `inline; filename="${name}"`,
    length: bytes.length,
  });
