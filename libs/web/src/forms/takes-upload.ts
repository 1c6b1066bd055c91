import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  mixin,
  type NestInterceptor,
  PayloadTooLargeException,
  type Type,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Observable } from 'rxjs';
import type { WebRequest } from '../web-request.js';

const tooLarge = new WeakSet<object>();

/** What came with a form: bytes that nobody has looked at. Its name and the type that was claimed are not kept. */
export type Upload = { bytes: Buffer } | 'too-large' | null;

/**
 * Lets a handler take one file beside the fields of its form (multipart/form-data), in memory and never on a disk. Fields
 * stand before the file in the page, so that they are read when the file is too large.
 * @param field the file's field; @param mostBytes more than that is told by `uploadOf`, not by an error page
 */
export function TakesUpload(field: string, mostBytes: number): Type<NestInterceptor> {
  const limits = { fileSize: mostBytes, files: 1, fields: 60, fieldSize: 16_384, fieldNameSize: 100, parts: 61 };
  const Reader = FileInterceptor(field, { limits });

  @Injectable()
  class TakesUploadInterceptor implements NestInterceptor {
    private readonly reader = new Reader();

    async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
      try {
        return await this.reader.intercept(context, next);
      } catch (thrown) {
        if (!(thrown instanceof PayloadTooLargeException)) throw thrown;
        tooLarge.add(context.switchToHttp().getRequest<WebRequest>());
        return next.handle();
      }
    }
  }
  return mixin(TakesUploadInterceptor);
}

/** The file of a request that went through `TakesUpload`; null: none was sent. */
export function uploadOf(request: WebRequest): Upload {
  if (tooLarge.has(request)) return 'too-large';
  const { file } = request as WebRequest & { file?: { buffer?: unknown } };
  return Buffer.isBuffer(file?.buffer) && file.buffer.length > 0 ? { bytes: file.buffer } : null;
}
