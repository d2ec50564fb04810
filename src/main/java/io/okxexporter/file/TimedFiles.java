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
 * Looks at files on threads of its own, and gives a file up after a deadline. Nothing ends a thread
 * that the system holds in a file, so a file that hangs keeps its thread; it is not looked at again
 * before that thread is back, and where several hang at once, no file is.
 */
public final class TimedFiles implements FileAccess {
  /** A scraper waits for an answer twice as long. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  static final int MAX_HANGING = 8;

  private static final Duration IDLE_THREAD = Duration.ofSeconds(20);

  private final FileAccess files;
  private final Duration deadline;
  private final ThreadPoolExecutor threads = threads();

  /** Given up, but not over yet. */
  private final Set<FileTask<?>> hanging = ConcurrentHashMap.newKeySet();

  /** How often each file was given up. */
  private final Map<Path, Integer> timesGivenUp = new ConcurrentHashMap<>();

  /** With the deadline of a process in use. */
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
    return result(look(() -> files.read(file, maxBytes), file));
  }

  @Override
  public byte[] readOnce(Path file, int maxBytes) throws FileException {
    return result(look(() -> files.readOnce(file, maxBytes), file));
  }

  private FileTask<byte[]> look(Callable<byte[]> task, Path file) {
    return new FileTask<>(task, () -> file, hanging::remove);
  }

  /** In one go, as there may be thousands; a file that hangs is left out. */
  @Override
  public List<String> stamps(List<Path> paths) {
    List<String> stamps = new ArrayList<>(paths.size());
    while (stamps.size() < paths.size()) {
      stamps.addAll(sweep(paths.subList(stamps.size(), paths.size())));
    }
    return stamps;
  }

  private List<String> sweep(List<Path> paths) {
    StampSweep sweep = new StampSweep(paths, this::stampOf);
    try {
      return result(new FileTask<>(sweep, sweep::at, hanging::remove));
    } catch (FileException e) {
      return sweep.giveUp();
    }
  }

  private String stampOf(Path file) {
    String stamp = hangs(file) ? UNREADABLE : files.stamp(file);
    Integer times = timesGivenUp.get(file);
    return times == null || stamp.equals(UNREADABLE) ? stamp : stamp + " " + times;
  }

  private <T> T result(FileTask<T> look) throws FileException {
    begin(look);
    try {
      return await(look);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      giveUp(look);
      throw FileException.unreadable("reading it was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FileException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void begin(FileTask<?> look) throws FileException {
    if (hangs(look.at())) {
      throw tooSlow();
    }
    if (hanging.size() >= MAX_HANGING) {
      throw FileException.unreadable("reading " + MAX_HANGING + " other files is hanging");
    }
    try {
      threads.execute(look);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      throw FileException.unreadable("no thread is available for it");
    }
  }

  private boolean hangs(Path file) {
    return hanging.stream().anyMatch(look -> look.at().equals(file));
  }

  /** Its result, as long as it comes from file to file in time. */
  private <T> T await(FileTask<T> look)
      throws ExecutionException, InterruptedException, FileException {
    while (true) {
      Path before = look.at();
      try {
        return look.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (before.equals(look.at())) {
          giveUp(look);
          throw tooSlow();
        }
      }
    }
  }

  private void giveUp(FileTask<?> look) {
    timesGivenUp.merge(look.at(), 1, Integer::sum);
    hanging.add(look);
    if (look.isDone()) {
      hanging.remove(look);
    }
  }

  private FileException tooSlow() {
    return FileException.unreadable("reading it timed out after " + deadline.toSeconds() + " s");
  }
}
