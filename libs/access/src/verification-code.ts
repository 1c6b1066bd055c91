import { deriveCode } from '#libs/platform';

/** The six digits of a proof, derived where they are rendered or compared; neither row nor job holds them. */
export const verificationCode = (id: string, generation: number): string => deriveCode('verification', id, generation);
