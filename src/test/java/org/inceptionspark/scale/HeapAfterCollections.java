package org.inceptionspark.scale;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The most that is in use after a collection of garbage, while it is watched. */
final class HeapAfterCollections implements NotificationListener {
  private final AtomicLong most = new AtomicLong();

  static HeapAfterCollections watch() {
    HeapAfterCollections heap = new HeapAfterCollections();
    ManagementFactory.getGarbageCollectorMXBeans()
        .forEach(bean -> ((NotificationEmitter) bean).addNotificationListener(heap, null, null));
    return heap;
  }

  long stop() throws Exception {
    for (var bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) bean).removeNotificationListener(this);
    }
    return most.get();
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification.getUserData() instanceof CompositeData data
        && notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      long used =
          GarbageCollectionNotificationInfo.from(data)
              .getGcInfo()
              .getMemoryUsageAfterGc()
              .values()
              .stream()
              .mapToLong(MemoryUsage::getUsed)
              .sum();
      most.accumulateAndGet(used, Math::max);
    }
  }
}
