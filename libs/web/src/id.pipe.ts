import { Injectable, type PipeTransform } from '@nestjs/common';
import { isId, Refusal } from '#libs/platform';

/** An id in the address. What cannot be one is answered as what is not there (faults.md F11). */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    const id = typeof value === 'string' ? value.toLowerCase() : '';
    if (!isId(id)) throw new Refusal('not-found');
    return id;
  }
}
