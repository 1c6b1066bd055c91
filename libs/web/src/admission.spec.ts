import { EventEmitter } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import type { Request, Response } from 'express';
import { Refusal } from '#libs/platform';
import { admission } from './admission.js';

const visit = (accept = 'text/html'): [Request, Response & EventEmitter] => [
  { headers: { accept }, path: '/lv/' } as Request,
  new EventEmitter() as Response & EventEmitter,
];

describe('a full house', () => {
  it('sends away who comes next, until somebody leaves', () => {
    const door = admission(2);
    const [[first, firstAnswer], [second, secondAnswer], [third, thirdAnswer]] = [visit(), visit(), visit()];
    const next = jest.fn();
    void door(first, firstAnswer, next);
    void door(second, secondAnswer, next);
    expect(next).toHaveBeenNthCalledWith(2);
    void door(third, thirdAnswer, next);
    expect(next).toHaveBeenLastCalledWith(expect.any(Refusal));
    firstAnswer.emit('close');
    void door(third, thirdAnswer, next);
    expect(next).toHaveBeenLastCalledWith();
  });

  it('does not count who only listens', () => {
    const door = admission(0);
    const next = jest.fn();
    void door(...visit('text/event-stream'), next);
    expect(next).toHaveBeenCalledWith();
  });
});
