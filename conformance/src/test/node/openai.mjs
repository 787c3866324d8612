// The chats and the responses of npm's openai. Arguments: where Signalbox listens, and how often to try again if not as often as it
// does by itself.
import OpenAI from "openai";
import { functions, serve } from "./serve.mjs";

const [address, retries] = process.argv.slice(2);
const client = new OpenAI({
  baseURL: address + "/v1",
  apiKey: "no-key",
  timeout: 20_000,
  ...(retries && { maxRetries: Number(retries) }),
});
const ENDS = { stop: "STOP", length: "LENGTH", tool_calls: "TOOLS" };
let calling; // what was asked, and the message that called
let responding; // a stream of responses that has begun

function asking({ model, text, tools, image, thinking, schema }) {
  const content = image
    ? [
        { type: "text", text },
        { type: "image_url", image_url: { url: "data:image/png;base64," + image } },
      ]
    : text;
  return {
    model,
    messages: [{ role: "user", content }],
    ...(tools && { tools: functions(tools) }),
    ...(thinking && { reasoning_effort: "medium" }),
    ...(schema && { response_format: { type: "json_schema", json_schema: { name: "signals", schema } } }),
  };
}

function thought(said) {
  return said.reasoning_content ?? said.reasoning ?? "";
}

function told({ choices, usage }, pieces, thoughts) {
  const { message, finish_reason } = choices[0];
  return {
    pieces: pieces ?? [message.content ?? ""],
    thought: thoughts ?? thought(message),
    calls: (message.tool_calls ?? []).map((call) => ({
      tool: call.function.name,
      arguments: call.function.arguments,
    })),
    end: ENDS[finish_reason],
    input: usage.prompt_tokens,
    output: usage.completion_tokens,
  };
}

async function streamed(asked) {
  const stream_options = { include_usage: true };
  const message = { role: "assistant", tool_calls: [] };
  const pieces = [];
  let thoughts = "";
  let usage;
  let finish_reason;
  for await (const chunk of await client.chat.completions.create({ ...asked, stream: true, stream_options })) {
    usage = chunk.usage ?? usage;
    const { delta, finish_reason: why } = chunk.choices[0] ?? { delta: {} };
    finish_reason = why ?? finish_reason;
    pieces.push(delta.content ?? "");
    thoughts += thought(delta);
    for (const { index, id, function: more } of delta.tool_calls ?? []) {
      const call = (message.tool_calls[index] ??= { id, type: "function", function: { name: "", arguments: "" } });
      call.function.name += more.name ?? "";
      call.function.arguments += more.arguments ?? "";
    }
  }
  return { whole: { choices: [{ message, finish_reason }], usage }, pieces, thoughts };
}

function called(question, whole) {
  calling = { asked: asking(question), message: whole.choices[0].message };
  return told(whole);
}

function withResults(results) {
  const { asked, message } = calling;
  const said = message.tool_calls.map((call, i) => ({ role: "tool", tool_call_id: call.id, content: results[i] }));
  return { ...asked, messages: [...asked.messages, message, ...said] };
}

await serve({
  async whole(question) {
    return told(await client.chat.completions.create(asking(question)));
  },

  async streamed(question) {
    const { whole, pieces, thoughts } = await streamed(asking(question));
    return told(whole, pieces, thoughts);
  },

  async responding({ model, text }) {
    const stream = client.responses.stream({ model, input: text });
    responding = { stream, text: "" };
    stream.on("response.output_text.delta", ({ delta }) => (responding.text += delta));
    await Promise.race([new Promise((begun) => stream.once("connect", begun)), stream.done()]);
  },

  async responded() {
    const { status } = await responding.stream.finalResponse();
    return { text: responding.text, status };
  },

  async calling(question) {
    return called(question, await client.chat.completions.create(asking(question)));
  },

  async answering(question, results) {
    return told(await client.chat.completions.create(withResults(results)));
  },

  async callingInStream(question) {
    return called(question, (await streamed(asking(question))).whole);
  },

  async answeringInStream(question, results) {
    const { whole, pieces, thoughts } = await streamed(withResults(results));
    return told(whole, pieces, thoughts);
  },

  async leaving(question) {
    for await (const chunk of await client.chat.completions.create({ ...asking(question), stream: true })) {
      if (chunk.choices[0]?.delta?.content) break; // ends the stream
    }
  },

  async vectors({ model }, input) {
    const answer = await client.embeddings.create({ model, input });
    return answer.data.map((each) => each.embedding);
  },

  async models() {
    const names = [];
    for await (const model of client.models.list()) names.push(model.id);
    return names;
  },
});
