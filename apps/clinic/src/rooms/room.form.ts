import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { Checkbox, Several } from '#libs/web';

const capability = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export class RoomForm {
  @IsIn(['room', 'device'])
  kind: 'room' | 'device';

  @IsString()
  @MaxLength(100)
  name: string;

  @IsUUID('all', { message: 'choice' })
  branchId: string;

  @IsOptional()
  @Matches(capability, { message: 'choice' })
  @MaxLength(60)
  capability?: string;

  /** Something that is not in the list. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  otherCapability?: string;

  @Checkbox()
  active: boolean;
}

/** What a service needs. */
export class NeedsForm {
  @IsOptional()
  @Several()
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(capability, { each: true, message: 'choice' })
  capabilities?: string[];
}
