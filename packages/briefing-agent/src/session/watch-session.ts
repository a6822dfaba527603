import { voice } from '@livekit/agents';
import { isRealtime } from '../models/briefing-models.js';
import { HeardSoFar } from './heard-so-far.js';

/** Receives the events of an agent session that matter to a briefing. */
export interface SessionListener {
  onAgentSpeaking(now: boolean): void;
  /** Called at the end of an utterance. Of an interrupted one, `text` is the part that was heard. */
  onAgentSaid(text: string): void;
  onHumanSpeaking(now: boolean): void;
  onHumanSaid(text: string): void;
  /** Called when the model has done its turn: a speech ended without interruption or came to nothing, or tools have run. */
  onModelActed(): void;
  /**
   * Called when a model failed after all retries. A model of language or voice may have failed for another session that
   * uses it too.
   */
  onModelFailed(cause: unknown, model: 'language-or-voice' | 'other'): void;
  onClosed(event: voice.CloseEvent): void;
}

export interface SessionWatch {
  /** Interrupts everything that the agent says or is about to say, also speech that does not allow interruptions. */
  interrupt(): void;
  /** Interrupts the same, and reports nothing of it. */
  retract(): void;
  /** Sets whether a reply that a model begins by itself is interrupted immediately. */
  suppressReplies(now: boolean): void;
  /** Stops the reports. */
  close(): void;
}

/** Watches an agent session. The listener for errors stays for as long as the session lives. */
export function watchSession(session: voice.AgentSession, listener: SessionListener): SessionWatch {
  const { AgentSessionEventTypes: Type } = voice;
  const speeches = new Set<voice.SpeechHandle>();
  let watching = true;
  let isSuppressed = false;
  const retracted = new Set<voice.SpeechHandle>();

  const heard = new HeardSoFar();
  const onAgentState = ({ oldState, newState }: voice.AgentStateChangedEvent): void => {
    if (newState !== 'speaking' && oldState !== 'speaking') return;
    heard.speaking(newState === 'speaking', performance.now());
    listener.onAgentSpeaking(newState === 'speaking');
  };
  const onMetrics = ({ metrics }: voice.MetricsCollectedEvent): void => {
    if (metrics.type === 'tts_metrics' && !metrics.cancelled)
      heard.voiced(metrics.charactersCount, metrics.audioDurationMs);
  };
  const onSpeech = ({ speechHandle, userInitiated }: voice.SpeechCreatedEvent): void => {
    if (isSuppressed && !userInitiated) speechHandle.interrupt(true);
    // A realtime model's speech is created with its answer, that of a pipeline before.
    if (isRealtime(session.llm ?? null) && !userInitiated) listener.onModelActed();
    speeches.add(speechHandle);
    speechHandle.addDoneCallback(() => {
      speeches.delete(speechHandle);
      retracted.delete(speechHandle);
      // An interrupted speech is no answer to the words that interrupted it.
      if (watching && !speechHandle.interrupted) listener.onModelActed();
    });
  };
  const onUserState = ({ newState }: voice.UserStateChangedEvent): void =>
    listener.onHumanSpeaking(newState === 'speaking');
  const onWords = ({ isFinal, transcript }: voice.UserInputTranscribedEvent): void => {
    if (isFinal && transcript.trim() !== '') listener.onHumanSaid(transcript.trim());
  };
  const onItem = ({ item }: voice.ConversationItemAddedEvent): void => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    const text = item.textContent ?? '';
    const begun = heard.end(text, performance.now());
    const said = item.interrupted ? begun.trimEnd() : text;
    // The framework keeps the whole text; the model must know what was not heard. A realtime model keeps its own.
    if (said !== text && !isRealtime(session.llm ?? null)) item.content = [`${said}…`];
    if (!item.interrupted || retracted.size === 0) listener.onAgentSaid(said);
  };
  const onTools = (): void => listener.onModelActed();
  const onError = ({ error }: voice.ErrorEvent): void => {
    const failure = toModelFailure(error);
    if (watching && failure !== undefined) listener.onModelFailed(failure.cause, failure.model);
  };
  const onClose = (event: voice.CloseEvent): void => listener.onClosed(event);
  /** Adds or removes the listeners, event by event. */
  const change = (how: 'on' | 'off'): void => {
    session[how](Type.AgentStateChanged, onAgentState);
    session[how](Type.MetricsCollected, onMetrics);
    session[how](Type.SpeechCreated, onSpeech);
    session[how](Type.UserStateChanged, onUserState);
    session[how](Type.UserInputTranscribed, onWords);
    session[how](Type.ConversationItemAdded, onItem);
    session[how](Type.FunctionToolsExecuted, onTools);
    session[how](Type.Close, onClose);
  };
  change('on');
  // An emitter without a listener for errors throws them.
  session.on(Type.Error, onError);

  return {
    interrupt: () => {
      for (const speech of speeches) speech.interrupt(true);
    },
    retract: () => {
      for (const speech of speeches) {
        retracted.add(speech);
        speech.interrupt(true);
      }
    },
    suppressReplies: (now) => {
      isSuppressed = now;
    },
    close: () => {
      watching = false;
      change('off');
    },
  };
}

type ModelFailure = { cause: unknown; model: 'language-or-voice' | 'other' };

/** Returns a model's error after its retries. Errors of models come wrapped in an event. */
function toModelFailure(error: voice.ErrorEvent['error']): ModelFailure | undefined {
  if (!('recoverable' in error) || error.recoverable || !('error' in error)) return undefined;
  const isShared = error.type === 'llm_error' || error.type === 'tts_error';
  return { cause: error.error, model: isShared ? 'language-or-voice' : 'other' };
}
