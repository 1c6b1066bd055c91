import { IsIn, IsOptional } from 'class-validator';
import { DayQuery } from '../calendar/day.query.js';

/** How a list tells two people of one name apart: no more than the desk needs that day. */
export const identities = ['year', 'date', 'code'] as const;
export type Identity = (typeof identities)[number];

/** Which day of which branch is printed, whose, and how people are told apart. */
export class DayListQuery extends DayQuery {
  @IsOptional()
  @IsIn(identities)
  identity?: Identity;
}
