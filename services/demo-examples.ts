import type { CreateExampleRequest } from '#contracts';

/** What a new installation shows in the playground. The people and the shops are made up. */
export const demoExamples: CreateExampleRequest[] = [
  {
    task: 'sentiment',
    title: 'Complaint: parcel late for the third time',
    text: 'This is the third time my order has been late. I took a day off to wait for the courier and nobody came. I would like my delivery fee back.',
  },
  {
    task: 'sentiment',
    title: 'Praise: quick help in the chat',
    text: 'Just wanted to say thank you. Priya sorted out my booking in two minutes and even found me a cheaper fare. Best support I have had in years!',
  },
  {
    task: 'sentiment',
    title: 'Question: opening hours',
    text: 'Hi, is the service desk in Leeds open on Saturday, and do I need an appointment to hand in a laptop?',
  },
  {
    task: 'sentiment',
    title: 'Mixed: good product, poor set-up',
    text: 'The picture is gorgeous and the sound is better than I expected. The set-up was a nightmare though: two hours, three error codes and a manual that only exists in German.',
  },
  {
    task: 'sentiment',
    title: 'Sarcasm: the app update',
    text: 'Oh great, another update that logs me out and forgets my saved cards. Exactly what I needed while standing at the till.',
  },
  {
    task: 'sentiment',
    title: 'Long e-mail: a double charge',
    text: `Dear Sir or Madam,

I have been a customer since 2016 and have always recommended you to friends. On 3 March I renewed my home insurance by telephone. The adviser was friendly and explained everything clearly.

On 5 March I saw that the yearly premium of £412.80 had been taken from my account twice. I called the same day and was promised a refund within five working days. It is now 21 March. I have called four more times, waited 35 minutes on average, and been told something different on each occasion. Because of the second payment my rent was returned unpaid and my bank charged me £25.

I am not asking for anything unusual. Please refund the second payment and the bank charge by the end of this week, and tell me in writing how this happened. Otherwise I will have to take the matter to the ombudsman and move my policies elsewhere.

Yours faithfully,
Margaret Ellis`,
  },
  {
    task: 'sentiment',
    title: 'Resolved: the refund arrived',
    text: 'I was really annoyed last week when my refund went missing. It turned up this morning, and the apology that came with it was kind. All good now, thanks for sticking with it.',
  },
  {
    task: 'sentiment',
    title: 'Request: change of address',
    text: 'Please change the delivery address on order 48213 to 12 Orchard Lane, Bristol. It has not been dispatched yet.',
  },
  {
    task: 'embeddings',
    title: 'Lost card',
    text: 'I think I lost my bank card on the train this morning. Can you block it?',
  },
  {
    task: 'embeddings',
    title: 'Stolen card, in other words',
    text: 'My purse was stolen, so please stop all payments and send me a replacement.',
  },
  {
    task: 'embeddings',
    title: 'Another subject: exchange rate',
    text: 'What rate do you use when I pay in euros while on holiday?',
  },
  {
    task: 'embeddings',
    title: 'Knowledge-base passage',
    text: 'If a card is lost or stolen, block it at once in the app under Cards, or call the 24-hour line. A new card arrives within three working days and pending payments are checked for you.',
  },
  {
    task: 'summaries',
    title: 'Conversation: a parcel that did not move',
    text: `Customer: Hi, my parcel should have been here on Monday and the tracking has not moved for four days.
Agent: Good morning! I am sorry about that. May I have the order number, please?
Customer: It is 48213. I took a day off for this and nobody came, which is really annoying.
Agent: Thank you. The courier lost the label. I have sent a replacement by express today.
Customer: Oh, that is quick. And the delivery fee?
Agent: I have refunded the fee to your card. You will get an e-mail with the new tracking number within two hours.
Customer: Perfect, thank you, that was much easier than I expected!`,
  },
  {
    task: 'summaries',
    title: 'Conversación: una lámpara rota',
    text: `Cliente: Hola, quiero devolver una lámpara que llegó rota.
Agente: Buenos días, lo siento mucho. ¿Me dice el número de pedido?
Cliente: 77120. La caja también estaba abierta.
Agente: Gracias. He tramitado la devolución y hemos pedido otra lámpara para usted.
Cliente: ¿Y cuándo llega?
Agente: Le llegará en tres días. Le enviaremos un mensaje con la hora.
Cliente: Perfecto, muchas gracias.`,
  },
];
