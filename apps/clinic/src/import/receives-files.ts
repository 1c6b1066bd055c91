import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { FilesInterceptor } from '@nestjs/platform-express';
import type { Observable } from 'rxjs';
import type { Readable } from 'node:stream';
import { requireStaff, type StaffActor } from '#libs/access';
import { AddFile, BeginImport, DiscardImport, mostBytes, mostFiles } from '#libs/imports';
import { Refusal } from '#libs/platform';
import type { WebRequest } from '#libs/web';

/** What multer hands over of each file of a form. */
interface ComingFile {
  originalname: string;
  stream: Readable;
}
type Done = (error: Error | null, info?: object) => void;

/** The import that the files of a request went into, or why they did not. */
export type Received = { importId: string } | 'too-large' | null;

/** What a form has around its files: boundaries, names, types. */
const formAround = 64 * 1024;

const received = new WeakMap<object, Received>();
export const receivedOf = (request: WebRequest): Received => received.get(request) ?? null;

/**
 * Takes the files of a form as they come into an import: sealed pieces in the database, never a file on this machine and
 * never a whole one in memory. Who may not is refused before the first byte is kept.
 */
@Injectable()
export class ReceivesFiles implements NestInterceptor {
  private readonly reader: NestInterceptor;

  constructor(
    private readonly begin: BeginImport,
    private readonly add: AddFile,
    private readonly discard: DiscardImport,
  ) {
    const storage = {
      _handleFile: (request: WebRequest, file: ComingFile, done: Done): void => {
        this.take(request, file).then(
          () => done(null, {}),
          (thrown: unknown) => done(thrown instanceof Error ? thrown : new Error('the file was not kept')),
        );
      },
      _removeFile: (_request: WebRequest, _file: unknown, done: Done): void => done(null),
    };
    const limits = { fileSize: mostBytes, files: mostFiles, fields: 10, parts: mostFiles + 10 };
    const Reader = FilesInterceptor('files', mostFiles, { storage, limits });
    this.reader = new Reader();
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<WebRequest>();
    const actor = await staffOf(request);
    requireStaff(actor, actor.clinicId, 'profile.edit');
    if (Number(request.headers['content-length'] ?? 0) > mostBytes + formAround) {
      // Read and dropped, so that the browser gets its answer.
      request.resume();
      received.set(request, 'too-large');
      return next.handle();
    }
    try {
      return await this.reader.intercept(context, next);
    } catch (thrown) {
      const importId = await this.importOf.get(request)?.catch(() => undefined);
      if (importId) await this.discard.run({ actor, importId });
      // Too large a file is 413; too many of them are 400, as multer's other limits.
      if (![400, 413].includes(statusOf(thrown) ?? 0)) throw thrown;
      received.set(request, 'too-large');
      return next.handle();
    }
  }

  private readonly importOf = new WeakMap<object, Promise<string>>();
  /** Files of one form go in one after the other, in the order in which they come. */
  private readonly turnOf = new WeakMap<object, Promise<unknown>>();

  private async take(request: WebRequest, file: ComingFile): Promise<void> {
    const actor = await staffOf(request);
    let opened = this.importOf.get(request);
    if (!opened) {
      opened = this.begin.run({ actor, clinicId: actor.clinicId }).then(({ id }) => id);
      this.importOf.set(request, opened);
    }
    const importId = await opened;
    // Names arrive as bytes that were read one by one.
    const name = Buffer.from(file.originalname, 'latin1').toString('utf8');
    const before = this.turnOf.get(request) ?? Promise.resolve();
    const turn = before.then(() => this.add.run({ actor, importId, name, stream: file.stream }));
    this.turnOf.set(
      request,
      turn.catch(() => undefined),
    );
    await turn;
    received.set(request, { importId });
  }
}

async function staffOf(request: WebRequest): Promise<StaffActor> {
  const actor = await request.actor();
  if (actor.kind !== 'staff') throw new Refusal('not-signed-in');
  return actor;
}

const statusOf = (thrown: unknown): number | undefined => {
  if (thrown instanceof Refusal) return thrown.status;
  return thrown instanceof HttpException ? thrown.getStatus() : undefined;
};
