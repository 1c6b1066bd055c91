import { describe, expect, it } from '@jest/globals';
import { passwordMistake } from './password.js';

describe('a password that somebody chooses', () => {
  it.each(['kartupelis zem galda', 'ļoti garš pirmais vārds', 'x7!Qp-kauss-82', `${'labs '.repeat(30)}vakars 9`])(
    'may be %s',
    (password) => {
      expect(passwordMistake(password, ['zane.agra@klinika.example', 'Zane Agra', 'Jūras klīnika'])).toBeNull();
    },
  );

  it.each([
    ['īsa parole', 'staff.errors.password-short'],
    ['x'.repeat(201), 'too-long'],
    ['password12345', 'staff.errors.password-known'],
    ['Parole123456!', 'staff.errors.password-known'],
    ['aaaabbbbaaaabbbb', 'staff.errors.password-known'],
    ['qwertyuiopas', 'staff.errors.password-known'],
    ['123456789012', 'staff.errors.password-known'],
    ['zane.agra.klinika', 'staff.errors.password-known'],
  ])('may not be %s', (password, mistake) => {
    expect(passwordMistake(password, ['zane.agra@klinika.example', 'Zane Agra'])).toBe(mistake);
  });

  it('is counted in signs, however they are stored', () => {
    expect(passwordMistake('ķēve pļavā')).toBe('staff.errors.password-short');
    expect(passwordMistake('ķēve pļavā un suns'.normalize('NFD'))).toBeNull();
  });
});
