import { Module } from '@nestjs/common';
import type { EntityClass } from '#libs/platform';
import { RenewScreenKey } from './renew-screen-key.js';
import { RevokeScreen } from './revoke-screen.js';
import { KeepScreen } from './keep-screen.js';
import { BoardOfScreen } from './queries/board-of-screen.js';
import { ScreensOfClinic } from './queries/screens-of-clinic.js';
import { WaitingScreen } from './waiting-screen.entity.js';

export const screensEntities: readonly EntityClass[] = [WaitingScreen];

const providers = [BoardOfScreen, KeepScreen, RenewScreenKey, RevokeScreen, ScreensOfClinic];

/** Screens in waiting rooms. */
@Module({ providers, exports: providers })
export class ScreensModule {}
