// Loaded into every child: when `npm start` is killed without a chance to stop them, they stop by themselves.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
