import { ask, plain, Problem } from "../../api/client";

/** What a phone needs to register. */
export interface Account { extension: string; password: string }

const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"; // none that is mistaken for another when it is typed into a phone
const length = 16;

/** Nobody has to think of a password, or can guess it. */
export function makePassword(): string {
  const most = 256 - (256 % letters.length); // bytes above would make some letters likelier
  let made = "";
  while (made.length < length) for (const byte of crypto.getRandomValues(new Uint8Array(length))) if (byte < most && made.length < length) made += letters[byte % letters.length];
  return made;
}

/** Makes an extension that was not there. */
export async function makeExtension({ extension, password }: Account, taken: string): Promise<void> {
  try {
    await ask("PUT /api/v1/extensions/{extension}", { path: { extension }, version: 0, body: { password } });
  } catch (fault) {
    if (!(fault instanceof Problem)) throw fault;
    if (fault.code === "staleVersion") throw new Problem(409, "conflict", plain(""), { extension: [plain(taken)] });
    throw new Problem(fault.status, fault.code, fault.detail, Object.fromEntries(Object.entries(fault.fields).map(([field, texts]) => [field === "id" ? "extension" : field, texts])));
  }
}
