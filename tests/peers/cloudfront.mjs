// Runs the functions of a CloudFront distribution: a question a line, { code, event }, and its answer.
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { code, event } = JSON.parse(line);
    answer = { answer: new Function(`${code}; return handler;`)()(event) };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
}
