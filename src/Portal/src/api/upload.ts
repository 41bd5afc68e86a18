import { Problem } from "./client";

/** Sends a file as it is, and says how far it has come: 0–100. */
export function upload(place: string, file: Blob, type: string, progress: (percent: number) => void): Promise<void> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest(); // fetch tells nothing about what has left already
    request.upload.onprogress = ({ loaded, total }) => progress(total ? Math.floor((loaded / total) * 100) : 0);
    request.onerror = () => failed(new Problem(0, "network"));
    request.onload = () => {
      if (request.status < 300) done();
      else void Problem.of(new Response(request.responseText, { status: request.status })).then(failed);
    };
    request.open("PUT", place);
    request.setRequestHeader("Content-Type", type);
    request.send(file);
  });
}
