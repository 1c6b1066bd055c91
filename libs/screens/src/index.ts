export { RenewScreenKey } from './renew-screen-key.js';
export { RevokeScreen } from './revoke-screen.js';
export { KeepScreen, type ScreenCard } from './keep-screen.js';
export { BoardOfScreen, type ScreenBoard, type ShownNumber } from './queries/board-of-screen.js';
export { type ClinicScreen, ScreensOfClinic } from './queries/screens-of-clinic.js';
export { shortReference } from './rules/short-reference.js';
export { screenKey, screenKeyHash } from './screen-key.js';
export { screensEntities, ScreensModule } from './screens.module.js';
