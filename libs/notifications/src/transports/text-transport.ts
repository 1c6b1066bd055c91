/** A short message to exactly one number. */
export interface OutgoingText {
  /** E.164. */
  to: string;
  body: string;
  /** The name that the phone shows; null: the gateway's own. */
  sender: string | null;
  /** The notice's id, the same for every try: a gateway that knows it sends it once. */
  id: string;
  /** What the gateway knows it by, where that is not its id: staff asked for it once more. */
  name?: string;
}

/** How short messages leave. */
export interface TextTransport {
  /**
   * Hands the message over; when it resolves, the gateway has taken it.
   * @returns the gateway's own name for it, by which receipts come; null when it has none
   * @throws DeliveryFailure
   */
  send(text: OutgoingText): Promise<{ providerId: string | null }>;
  close(): Promise<void>;
}

/** The injection token of the transport. */
export const TEXT_TRANSPORT = Symbol('TEXT_TRANSPORT');
