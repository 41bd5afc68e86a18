/** What a client watches at the live hub. */
export interface Wish { topics: readonly string[]; agent: string | null }

interface Numbered { epoch: string; number: number }

const again = 2_000;

/** Follows what happens, until the function it returns is called. After a break it goes on from the last number; what cannot be made up for comes as a new snapshot. */
export function follow<Batch extends Numbered>(wish: Wish, take: (batch: Batch) => void, lost: () => void): () => void {
  let over = false;
  let stop = async () => {};
  void watch();
  return () => { over = true; void stop(); };

  async function watch() {
    let after: Numbered | null = null;
    while (!over) {
      try {
        const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import("@microsoft/signalr");
        const hub = new HubConnectionBuilder().withUrl("/hubs/live", { skipNegotiation: true, transport: HttpTransportType.WebSockets }).configureLogging(LogLevel.None).build();
        stop = () => hub.stop();
        if (over) return;
        await hub.start();
        await new Promise<void>((done, fail) => {
          hub.onclose(() => done());
          hub.stream<Batch>("Watch", { ...wish, after }).subscribe({
            next: (batch) => {
              after = { epoch: batch.epoch, number: batch.number };
              take(batch);
            },
            complete: done,
            error: fail,
          });
        });
      } catch { /* it is tried again below, and the page says that figures may be old */ }
      await stop();
      if (over) return;
      lost();
      await new Promise((wake) => setTimeout(wake, again));
    }
  }
}
