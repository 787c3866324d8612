// The official client of OpenAI for Node against a running Signalbox: does what people do, and writes down what it got.
// Arguments: the base URL. Output: one JSON object, a member for each thing that was tried.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "no-key", timeout: 20_000 });
const messages = [{ role: "user", content: "What do the signals say?" }];
const tools = [
  {
    type: "function",
    function: {
      name: "signal",
      description: "What a signal says.",
      parameters: { type: "object", properties: { track: { type: "integer" } }, required: ["track"] },
    },
  },
];

async function chat() {
  const { data, response } = await client.chat.completions
    .create({ model: "good/test-model", messages })
    .withResponse();
  return {
    text: data.choices[0].message.content,
    finish: data.choices[0].finish_reason,
    tokens: data.usage.total_tokens,
    target: response.headers.get("x-signalbox-target"),
  };
}

async function stream() {
  const pieces = [];
  let finish = null;
  let tokens = null;
  const chunks = await client.chat.completions.create({
    model: "good/test-model",
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of chunks) {
    const choice = chunk.choices[0];
    if (choice?.delta?.content) pieces.push(choice.delta.content);
    finish = choice?.finish_reason ?? finish;
    tokens = chunk.usage?.total_tokens ?? tokens;
  }
  return { pieces, finish, tokens };
}

async function toolsCalled() {
  const asking = { model: "calling/test-model", messages, tools };
  const whole = await client.chat.completions.create(asking);
  const called = whole.choices[0].message.tool_calls;
  const streamed = await client.chat.completions.stream(asking).finalChatCompletion();
  return {
    finish: whole.choices[0].finish_reason,
    whole: called.map((call) => `${call.function.name} ${call.function.arguments}`),
    streamed: streamed.choices[0].message.tool_calls.map(
      (call) => `${call.function.name} ${call.function.arguments}`,
    ),
  };
}

async function embeddings() {
  const answer = await client.embeddings.create({ model: "good/test-model", input: ["stop", "go"] });
  return { count: answer.data.length, length: answer.data[0].embedding.length };
}

async function models() {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  return { ids };
}

async function raised(model, options = {}) {
  try {
    await client.chat.completions.create({ model, messages }, options);
    return { type: "none" };
  } catch (error) {
    return { type: error.constructor.name, status: error.status ?? null, code: error.code ?? null, message: error.message };
  }
}

async function brokenStream() {
  const pieces = [];
  try {
    const chunks = await client.chat.completions.create({ model: "broken/test-model", messages, stream: true });
    for await (const chunk of chunks) {
      const piece = chunk.choices[0]?.delta?.content;
      if (piece) pieces.push(piece);
    }
    return { pieces, type: "none" };
  } catch (error) {
    return { pieces, type: error.constructor.name, code: error.code ?? null, message: error.message };
  }
}

async function leaving() {
  const chunks = await client.chat.completions.create({ model: "endless/test-model", messages, stream: true });
  for await (const chunk of chunks) {
    if (chunk.choices[0]?.delta?.content) break; // ends the stream
  }
  return { left: true };
}

const results = {
  chat: await chat(),
  stream: await stream(),
  tools: await toolsCalled(),
  embeddings: await embeddings(),
  models: await models(),
  wrong: await raised("wrong/test-model"),
  unknown: await raised("good/unknown"),
  failing: await raised("failing/test-model", { maxRetries: 0 }),
  locked: await raised("locked/test-model"),
  refused: await raised("theirs/test-model"),
  broken: await brokenStream(),
  leaving: await leaving(),
};
console.log(JSON.stringify(results));
