import { Injectable, type PipeTransform } from '@nestjs/common';
import { Refusal } from '#libs/platform';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id in the address. What cannot be one is answered as what is not there (faults.md F11). */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value !== 'string' || !uuid.test(value)) throw new Refusal('not-found');
    return value.toLowerCase();
  }
}
