package io.okxexporter.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Accesses files on separate threads and gives a file up after a deadline. A thread blocked in file
 * access cannot be ended, so a hanging file keeps its thread. The file is not accessed again before
 * that thread returns, and while several files hang, no file is accessed.
 */
public final class TimedFiles implements FileAccess {
  /** Half the time that a scraper waits for a response. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  static final int MAX_HANGING = 8;

  private static final Duration IDLE_THREAD = Duration.ofSeconds(20);

  private final FileAccess files;
  private final Duration deadline;
  private final ThreadPoolExecutor threads = threads();

  /** Tasks given up that have not ended. */
  private final Set<FileTask<?>> hanging = ConcurrentHashMap.newKeySet();

  /** How often each file was given up. */
  private final Map<Path, Integer> timesGivenUp = new ConcurrentHashMap<>();

  /** Uses the default deadline. */
  public TimedFiles() {
    this(new DirectFiles(), DEADLINE);
  }

  /**
   * @param deadline how long to wait for one file
   */
  TimedFiles(FileAccess files, Duration deadline) {
    this.files = files;
    this.deadline = deadline;
  }

  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_THREAD.toMillis(),
        TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "file");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public byte[] read(Path file, int maxBytes) throws FileException {
    return result(task(() -> files.read(file, maxBytes), file));
  }

  @Override
  public byte[] readOnce(Path file, int maxBytes) throws FileException {
    return result(task(() -> files.readOnce(file, maxBytes), file));
  }

  private FileTask<byte[]> task(Callable<byte[]> task, Path file) {
    return new FileTask<>(task, () -> file, hanging::remove);
  }

  @Override
  public boolean isReadableByOthers(Path file) {
    try {
      return result(
          new FileTask<>(() -> files.isReadableByOthers(file), () -> file, hanging::remove));
    } catch (FileException e) {
      return false; // reading it reports the problem
    }
  }

  /** Uses one thread for all files, as there may be thousands, and skips hanging files. */
  @Override
  public List<String> stamps(List<Path> paths) {
    List<String> stamps = new ArrayList<>(paths.size());
    while (stamps.size() < paths.size()) {
      stamps.addAll(sweep(paths.subList(stamps.size(), paths.size())));
    }
    return stamps;
  }

  private List<String> sweep(List<Path> paths) {
    FileStamps sweep = new FileStamps(paths, this::stampOf);
    try {
      return result(new FileTask<>(sweep, sweep::currentFile, hanging::remove));
    } catch (FileException e) {
      return sweep.giveUp();
    }
  }

  private String stampOf(Path file) {
    String stamp = hangs(file) ? UNREADABLE : files.stamp(file);
    Integer times = timesGivenUp.get(file);
    return times == null || stamp.equals(UNREADABLE) ? stamp : stamp + " " + times;
  }

  private <T> T result(FileTask<T> task) throws FileException {
    submit(task);
    try {
      return await(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      giveUp(task);
      throw FileException.unreadable("reading it was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FileException rejected) {
        throw rejected;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void submit(FileTask<?> task) throws FileException {
    if (hangs(task.currentFile())) {
      throw tooSlow();
    }
    if (hanging.size() >= MAX_HANGING) {
      throw FileException.unreadable(MAX_HANGING + " other files are hanging");
    }
    try {
      threads.execute(task);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      throw FileException.unreadable("no thread is available for it");
    }
  }

  private boolean hangs(Path file) {
    return hanging.stream().anyMatch(task -> task.currentFile().equals(file));
  }

  /** The task's result, if it spends no longer than the deadline on each file. */
  private <T> T await(FileTask<T> task)
      throws ExecutionException, InterruptedException, FileException {
    while (true) {
      Path before = task.currentFile();
      try {
        return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (before.equals(task.currentFile())) {
          giveUp(task);
          throw tooSlow();
        }
      }
    }
  }

  private void giveUp(FileTask<?> task) {
    timesGivenUp.merge(task.currentFile(), 1, Integer::sum);
    hanging.add(task);
    if (task.isDone()) {
      hanging.remove(task);
    }
  }

  private FileException tooSlow() {
    return FileException.unreadable("reading it timed out after " + deadline.toSeconds() + " s");
  }
}
