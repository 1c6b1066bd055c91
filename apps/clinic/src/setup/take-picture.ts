import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Observable } from 'rxjs';
import { largestPicture } from '#libs/profiles';
import type { WebRequest } from '#libs/web';

/** Reads one file into memory and nothing to the disk; what is longer is not read to its end. */
const Upload = FileInterceptor('picture', {
  limits: { fileSize: largestPicture, files: 1, fields: 4, parts: 6, fieldSize: 1000, fieldNameSize: 50 },
});

const tooLarge = new WeakSet<WebRequest>();

/** Whether the file that came with the request was longer than a picture may be. */
export const wasTooLarge = (request: WebRequest): boolean => tooLarge.has(request);

/** Takes the file of the field `picture`. One that is too long is for the form to say, not for an error page. */
@Injectable()
export class TakePicture implements NestInterceptor {
  private readonly upload = new Upload();

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    try {
      return await this.upload.intercept(context, next);
    } catch (thrown) {
      if (!(thrown instanceof HttpException) || thrown.getStatus() !== 413) throw thrown;
      tooLarge.add(context.switchToHttp().getRequest<WebRequest>());
      return next.handle();
    }
  }
}
