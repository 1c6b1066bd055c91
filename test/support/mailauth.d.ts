/** What the tests use of a program that receives letters and checks their signatures; it has no types of its own. */
declare module 'mailauth' {
  interface Verdict {
    signingDomain: string;
    signingHeaders: { keys: string };
    status: { result: string; aligned?: string };
  }
  export function dkimVerify(
    message: Buffer,
    options: { resolver: (name: string, type: string) => Promise<string[][]> },
  ): Promise<{ results: Verdict[] }>;
}
